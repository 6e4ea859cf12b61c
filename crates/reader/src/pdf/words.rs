//! From glyphs to pieces of text: blanks come from the gaps between glyphs, legacy fonts are converted.
//!
//! Many programs write no blank at all and only move on; others space the letters of a title out.

use super::content::{Content, Glyph};
use crate::lines::Piece;
use crate::writer::Runs;

/// Upright text as words, and what stands at an angle (stamps, watermarks) as texts of their own.
pub(super) fn pieces(content: &Content<'_>) -> (Vec<Piece>, Vec<String>) {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut slanted: Vec<String> = Vec::new();
    let mut glyphs = content.glyphs.as_slice();
    let mut order = 0;
    while let Some(first) = glyphs.first() {
        let len = 1 + glyphs.windows(2).take_while(|pair| goes_on(&pair[0], &pair[1])).count();
        let (run, rest) = glyphs.split_at(len);
        glyphs = rest;
        order += 1;
        if first.upright {
            words(run, content, order, &mut pieces);
        } else {
            slanted.push(text_of(run, content));
        }
    }
    (pieces, slanted)
}

/// Whether two glyphs that follow each other in the file also do on the page.
fn goes_on(before: &Glyph, after: &Glyph) -> bool {
    if !before.upright || !after.upright {
        return before.upright == after.upright;
    }
    let size = before.size.max(after.size);
    let gap = after.x - before.right;
    // Blanks may be stretched far in justified text; a jump back or to another line begins anew.
    (after.y - before.y).abs() < 0.15 * size && gap > -0.5 * size && gap < 1.0 * size
}

fn words(run: &[Glyph], content: &Content<'_>, order: usize, pieces: &mut Vec<Piece>) {
    let blank_ems = blank_width(run, content);
    let is_blank = |g: &Glyph| content.text.get(g.text.clone()).is_none_or(|t| t.trim().is_empty());
    let ends = |pair: &[Glyph]| is_blank(&pair[0]) != is_blank(&pair[1]) || pair[1].x - pair[0].right > blank_ems * pair[1].size;
    let mut rest = run;
    let mut parted = false;
    while !rest.is_empty() {
        let len = 1 + rest.windows(2).take_while(|pair| !ends(pair)).count();
        let (word, after) = rest.split_at(len);
        rest = after;
        if is_blank(&word[0]) {
            // Behind a hole it parts the next word from what will stand in the hole.
            let near = |p: &Piece| word[0].x - p.right <= blank_ems * word[0].size;
            if let Some(last) = pieces.last_mut().filter(|p| p.order == order && near(p)) {
                last.text.push(' ');
            }
            parted = true;
            continue;
        }
        let mut text = text_of(word, content);
        // The blanks at the ends are worth keeping: the next word may touch. A mere gap is none yet: letters that the
        // font lacks are often set from another one afterwards, into the holes left for them.
        if std::mem::replace(&mut parted, false) {
            text.insert(0, ' ');
        }
        let size = word.iter().map(|g| g.size).fold(0.0, f32::max);
        let right = word.iter().map(|g| g.right).fold(f32::NEG_INFINITY, f32::max);
        let piece = Piece { x: word[0].x, right, y: word[0].y, size, text, order };
        if !is_shadow(&piece, pieces) {
            pieces.push(piece);
        }
    }
}

/// From which gap on, in ems, glyphs are parted by a blank.
fn blank_width(run: &[Glyph], content: &Content<'_>) -> f32 {
    const USUAL: f32 = 0.13;
    let mut gaps: Vec<f32> = run.windows(2).map(|pair| (pair[1].x - pair[0].right) / pair[0].size.max(0.1)).collect();
    let has_blanks = run.iter().any(|g| content.text.get(g.text.clone()) == Some(" "));
    gaps.sort_by(f32::total_cmp);
    let median = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    // Letters spaced out evenly: only what is wider than that is a blank. With real blanks, gaps are mere spacing.
    if median > USUAL * 0.8 && run.len() > 3 {
        median * 1.6 + 0.05
    } else if has_blanks {
        USUAL * 1.9
    } else {
        USUAL
    }
}

fn text_of(glyphs: &[Glyph], content: &Content<'_>) -> String {
    let mut runs = Runs::default();
    for glyph in glyphs {
        runs.push(content.text.get(glyph.text.clone()).unwrap_or_default(), glyph.legacy);
    }
    runs.to_text()
}

/// Bold made by printing twice, a hair apart.
fn is_shadow(piece: &Piece, pieces: &[Piece]) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() < 0.15 * piece.size;
    pieces.iter().rev().take(64).any(|other| {
        near(other.x, piece.x) && near(other.y, piece.y) && near(other.right, piece.right) && other.text.trim() == piece.text.trim()
    })
}
