//! Runs of digits: the one loop over all bytes that every rule for numbers starts from.
//!
//! Digits joined by single blanks, dots or hyphens are one run of several groups; which groups belong together is decided by
//! the shapes of the rules.
//!
//! ```text
//! "ĐT 0912 345 678."   →   groups 0912 · 345 · 678
//! ```

use std::ops::Range;

/// Below this many digits nothing is a number of a person.
const MIN_DIGITS: usize = 9;

/// A run: the places of its groups, with one separator between two of them.
pub(crate) type Run = Vec<Range<usize>>;

/// Calls `take` for every run of at least nine digits, in order.
pub(crate) fn for_each_run(bytes: &[u8], mut take: impl FnMut(&Run)) {
    let mut run = Run::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        run.clear();
        let mut n_digits = 0;
        loop {
            let start = at;
            while at < bytes.len() && bytes[at].is_ascii_digit() {
                at += 1;
            }
            n_digits += at - start;
            run.push(start..at);
            let joined = at + 1 < bytes.len() && matches!(bytes[at], b' ' | b'.' | b'-') && bytes[at + 1].is_ascii_digit();
            if !joined {
                break;
            }
            at += 1;
        }
        if n_digits >= MIN_DIGITS {
            take(&run);
        }
    }
}

/// True where the groups from `first` on have these lengths, are joined by one kind of separator, and what stands beside them
/// in the run is set apart by a blank.
pub(crate) fn fits(bytes: &[u8], run: &Run, first: usize, shape: &[usize]) -> bool {
    let last = first + shape.len() - 1;
    if last >= run.len() || run[first..=last].iter().zip(shape).any(|(group, length)| group.len() != *length) {
        return false;
    }
    let separators: Vec<u8> = run[first..last].iter().map(|group| bytes[group.end]).collect();
    let even = separators.windows(2).all(|pair| pair[0] == pair[1]);
    let apart_before = first == 0 || bytes[run[first].start - 1] == b' ';
    let apart_after = last + 1 == run.len() || bytes[run[last].end] == b' ';
    even && apart_before && apart_after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<Vec<&str>> {
        let mut all = Vec::new();
        for_each_run(text.as_bytes(), |run| all.push(run.iter().map(|group| &text[group.clone()]).collect()));
        all
    }

    #[test]
    fn single_separators_join() {
        assert_eq!(runs("ĐT 0912 345 678."), [["0912", "345", "678"]]);
        assert_eq!(runs("0912  345678 x 001.203.000.123"), [["001", "203", "000", "123"]]);
        assert_eq!(runs("12345678"), Vec::<Vec<&str>>::new());
    }

    #[test]
    fn shapes_need_even_separators_and_room() {
        let text = b"12 001 203 000 123 7";
        let mut seen = Vec::new();
        for_each_run(text, |run| {
            seen.extend((0..run.len()).filter(|first| fits(text, run, *first, &[3, 3, 3, 3])));
        });
        assert_eq!(seen, [1]);
        let money = b"1.001.203.000.123";
        for_each_run(money, |run| assert!((0..run.len()).all(|first| !fits(money, run, first, &[3, 3, 3, 3]))));
    }
}
