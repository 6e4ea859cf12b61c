//! From glyphs to pieces of text: blanks come from the gaps between glyphs, legacy fonts are converted.
//!
//! Many programs write no blank at all and only move on; others space the letters of a title out.

use super::content::{Content, Glyph};
use crate::lines::Piece;
use crate::writer::Runs;

/// Upright text as pieces, and what stands at an angle (stamps, watermarks) as texts of their own.
pub(super) fn pieces(content: &Content<'_>) -> (Vec<Piece>, Vec<String>) {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut slanted: Vec<String> = Vec::new();
    let mut glyphs = content.glyphs.as_slice();
    while let Some(first) = glyphs.first() {
        let len = 1 + glyphs.windows(2).take_while(|pair| goes_on(&pair[0], &pair[1])).count();
        let (run, rest) = glyphs.split_at(len);
        glyphs = rest;
        if first.upright {
            pieces.extend(piece(run, content, pieces.len()).filter(|p| !is_shadow(p, &pieces)));
        } else {
            slanted.push(text_of(run, content, f32::INFINITY));
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

fn piece(run: &[Glyph], content: &Content<'_>, order: usize) -> Option<Piece> {
    let is_blank = |g: &&Glyph| content.text.get(g.text.clone()).is_none_or(|t| t.trim().is_empty());
    let blank_before = run.iter().take_while(is_blank).count();
    let blank_after = run.iter().rev().take_while(is_blank).count();
    let inked = run.get(blank_before..run.len() - blank_after.min(run.len() - blank_before))?;
    let (first, last) = (inked.first()?, inked.last()?);
    let mut text = text_of(inked, content, blank_width(inked, content));
    // The blanks at the ends are worth keeping: the next piece may touch.
    if blank_before > 0 {
        text.insert(0, ' ');
    }
    if blank_after > 0 {
        text.push(' ');
    }
    let size = inked.iter().map(|g| g.size).fold(0.0, f32::max);
    let right = inked.iter().map(|g| g.right).fold(last.right, f32::max);
    Some(Piece { x: first.x, right, y: first.y, size, text, order })
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

fn text_of(run: &[Glyph], content: &Content<'_>, blank_ems: f32) -> String {
    let mut runs = Runs::default();
    let mut before: Option<&Glyph> = None;
    for glyph in run {
        let text = content.text.get(glyph.text.clone()).unwrap_or_default();
        let gap = before.map_or(0.0, |b| glyph.x - b.right);
        if gap > blank_ems * glyph.size && !text.starts_with(' ') && !runs.ends_with_blank() {
            runs.push_blank(' ');
        }
        runs.push(text, glyph.legacy);
        before = Some(glyph);
    }
    runs.to_text()
}

/// Bold made by printing twice, a hair apart.
fn is_shadow(piece: &Piece, pieces: &[Piece]) -> bool {
    pieces.iter().rev().take(3).any(|other| {
        let near = |a: f32, b: f32| (a - b).abs() < 0.15 * piece.size;
        near(other.x, piece.x) && near(other.y, piece.y) && near(other.right, piece.right) && other.text == piece.text
    })
}
