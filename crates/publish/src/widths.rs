//! How wide a text stands in Times New Roman, and where a centred text breaks best.
//!
//! Letterhead rules are as long as the words above them, and titles must not break into ugly lines; Word has no
//! way to say either, so it is measured here. Advance widths of Liberation Serif, which equal those of Times
//! New Roman; an accented letter is as wide as its base letter. Not for typesetting paragraphs.
//!
//! ```ignore
//! assert!(mm("ĐẢNG CỘNG SẢN VIỆT NAM", 15.0, true) < 85.0);
//! ```

use unicode_normalization::UnicodeNormalization;

use crate::words;

/// Millimetres in a point.
const MM_PER_PT: f64 = 25.4 / 72.0;

/// A break at a bad place is as unwelcome as this many more lines.
const BAD_BREAK_LINES: f64 = 1.5;

/// Advance widths in thousandths of the font size, for U+0020 to U+007E.
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// As [`REGULAR`], bold.
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667,
    611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722,
    722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556,
    278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];

/// Width of `text` on one line, in millimetres.
pub(crate) fn mm(text: &str, size_pt: f64, bold: bool) -> f64 {
    let table = if bold { &BOLD } else { &REGULAR };
    let thousandths: u32 = text.nfd().map(|c| advance(c, table)).sum();
    f64::from(thousandths) / 1000.0 * size_pt * MM_PER_PT
}

fn advance(c: char, table: &[u16; 95]) -> u32 {
    let at = |c: char| u32::from(table[c as usize - 0x20]);
    match c {
        ' '..='~' => at(c),
        '\u{300}'..='\u{36f}' => 0,
        '\u{a0}' => at(' '),
        'Đ' => at('D'),
        'đ' => at('d'),
        '“' | '”' | '‘' | '’' => at('a'),
        '–' => 500,
        _ => 1000,
    }
}

/// `text` broken into as few lines of at most `max_mm` as possible, of lengths as even as possible.
///
/// Lines do not end after a word that wants its follower ("số", "xã"; list in `words/forms.toml`) unless nothing
/// else fits. A single word wider than `max_mm` stays whole on its line.
pub(crate) fn lines(text: &str, size_pt: f64, bold: bool, max_mm: f64) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let typography = &words::forms().typography;
    let among = |list: &[String], word: &str| list.contains(&word.to_lowercase());
    let breaks_badly = |end: usize| among(&typography.glue, words[end - 1]) || among(&typography.glue_before, words[end]);
    let widths: Vec<f64> = words.iter().map(|word| mm(word, size_pt, bold)).collect();
    let space = mm(" ", size_pt, bold);
    let full: f64 = widths.iter().sum::<f64>() + space * (widths.len() - 1) as f64;
    let n_ideal = (full / max_mm).ceil().max(1.0);
    let ideal_mm = full / n_ideal;

    // cost[i]: (lines, raggedness) of the best break of the words before i; from[i]: where its last line begins.
    let mut cost = vec![(0.0_f64, 0.0_f64)];
    let mut from = vec![0_usize];
    for end in 1..=words.len() {
        let mut best = (f64::MAX, f64::MAX);
        let mut begin_of_best = end - 1;
        let mut width = -space;
        for begin in (0..end).rev() {
            width += widths[begin] + space;
            if width > max_mm && begin + 1 < end {
                break;
            }
            let badness = if end < words.len() && breaks_badly(end) { BAD_BREAK_LINES } else { 0.0 };
            let candidate = (cost[begin].0 + 1.0 + badness, cost[begin].1 + (width - ideal_mm).powi(2));
            if candidate < best {
                best = candidate;
                begin_of_best = begin;
            }
        }
        cost.push(best);
        from.push(begin_of_best);
    }
    let mut ends = vec![words.len()];
    while let Some(&end) = ends.last() {
        if from[end] == 0 {
            break;
        }
        ends.push(from[end]);
    }
    ends.push(0);
    ends.reverse();
    ends.windows(2).map(|pair| words[pair[0]..pair[1]].join(" ")).collect()
}

/// The largest of `sizes_pt` (given largest first) at which `text` stands on one line of `max_mm`, else the last.
pub(crate) fn fitting(text: &str, sizes_pt: &[f64], bold: bool, max_mm: f64) -> f64 {
    let smallest = sizes_pt.last().copied().unwrap_or(12.0);
    sizes_pt.iter().copied().find(|size| mm(text, *size, bold) <= max_mm).unwrap_or(smallest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_do_not_widen() {
        assert_eq!(mm("Độc lập", 13.0, true), mm("Dộc lap", 13.0, true));
        assert!((mm("MM", 10.0, false) - 2.0 * 8.89 * MM_PER_PT).abs() < 1e-9);
    }

    #[test]
    fn lines_are_even_and_keep_names_whole() {
        assert_eq!(
            lines("V/v triển khai thực hiện Chỉ thị số 05-CT/TU của Ban Thường vụ Tỉnh ủy", 12.0, false, 70.0),
            ["V/v triển khai thực hiện", "Chỉ thị số 05-CT/TU", "của Ban Thường vụ Tỉnh ủy"].as_slice()
        );
        assert_eq!(lines("", 12.0, false, 70.0), Vec::<String>::new());
        let long = "x".repeat(400);
        assert_eq!(lines(&format!("một {long} hai"), 12.0, false, 70.0), ["một", long.as_str(), "hai"]);
    }
}
