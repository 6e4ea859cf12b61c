//! Sheets as the program prints them, marked by somebody whose hand follows from a seed, and seen by a camera that does too.

use image::{GrayImage, Luma};
use programme::quiz::printed::{self, Printed};
use reader::marks::Grey;
use std::collections::BTreeSet;

/// Points a millimetre of the paper before it is seen.
const PER_MM: f32 = 8.0;
/// What every printer leaves white.
const MARGIN: f32 = 10.0;
const PAPER: (f32, f32) = (210.0, 297.0);

/// Numbers that follow from a seed (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn between(&mut self, from: f32, to: f32) -> f32 {
        from + (self.next() >> 40) as f32 / (1u64 << 24) as f32 * (to - from)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// A sheet of paper: how dark each point is.
pub(crate) struct Paper {
    pub(crate) width: usize,
    pub(crate) height: usize,
    dark: Vec<f32>,
}

impl Paper {
    /// The printed sheet, nothing marked.
    pub(crate) fn printed(sheet: &Printed, code: &str) -> Paper {
        let (width, height) = ((PAPER.0 * PER_MM) as usize, (PAPER.1 * PER_MM) as usize);
        let mut paper = Paper { width, height, dark: vec![0.0; width * height] };
        for (x, y) in printed::CORNERS {
            let half = printed::CORNER / 2.0;
            paper.fill((x - half, y - half), (x + half, y + half));
        }
        let qr = qrcode::QrCode::new(code.as_bytes()).unwrap();
        let module = printed::CODE_SIDE / (qr.width() + 8) as f32;
        for (at, color) in qr.to_colors().into_iter().enumerate() {
            if color == qrcode::Color::Dark {
                let place = |n: usize, from: f32| from + (n + 4) as f32 * module;
                let (x, y) = (place(at % qr.width(), printed::CODE.0), place(at / qr.width(), printed::CODE.1));
                paper.fill((x, y), (x + module, y + module));
            }
        }
        for row in sheet.variants.iter().chain(&sheet.rows) {
            // A number, and before each box something like a letter.
            paper.stroke((row.label.0 - 4.0, row.label.1 - 1.0), (row.label.0 - 1.0, row.label.1 + 1.0), 0.6, 1.0);
            for (x, y) in &row.boxes {
                let half = printed::BOX / 2.0;
                let corners = [(-half, -half), (half, -half), (half, half), (-half, half)].map(|(dx, dy)| (x + dx, y + dy));
                for at in 0..4 {
                    paper.stroke(corners[at], corners[(at + 1) % 4], 0.35, 1.0);
                }
                paper.stroke((x - 6.0, y + 1.3), (x - 5.0, y - 1.3), 0.4, 1.0);
                paper.stroke((x - 5.0, y - 1.3), (x - 4.0, y + 1.3), 0.4, 1.0);
            }
        }
        // Words, as dark lines.
        for line in 0..6 {
            paper.stroke((16.0, 14.0 + f32::from(line as u8) * 7.0), (130.0, 14.0 + f32::from(line as u8) * 7.0), 1.2, 0.8);
        }
        paper
    }

    fn fill(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.covered_with(from, to, 1.0);
    }

    /// Something white lies over it.
    pub(crate) fn covered(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.covered_with(from, to, 0.0);
    }

    fn covered_with(&mut self, from: (f32, f32), to: (f32, f32), dark: f32) {
        let at = |mm: f32| ((mm + MARGIN) * PER_MM).round() as usize;
        for y in at(from.1)..at(to.1) {
            self.dark[y * self.width + at(from.0)..y * self.width + at(to.0)].fill(dark);
        }
    }

    /// A line of a pen.
    pub(crate) fn stroke(&mut self, a: (f32, f32), b: (f32, f32), width_mm: f32, ink: f32) {
        let place = |(x, y): (f32, f32)| ((x + MARGIN) * PER_MM, (y + MARGIN) * PER_MM);
        let (a, b, half) = (place(a), place(b), width_mm * PER_MM / 2.0);
        let low = |p: f32, q: f32| (p.min(q) - half - 1.0).max(0.0) as usize;
        let high = |p: f32, q: f32, most: usize| ((p.max(q) + half + 2.0).max(0.0) as usize).min(most);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = (dx * dx + dy * dy).max(1e-6);
        for y in low(a.1, b.1)..high(a.1, b.1, self.height) {
            for x in low(a.0, b.0)..high(a.0, b.0, self.width) {
                let (px, py) = (x as f32 + 0.5 - a.0, y as f32 + 0.5 - a.1);
                let along = ((px * dx + py * dy) / length).clamp(0.0, 1.0);
                let away = (px - along * dx).hypot(py - along * dy);
                let dark = (half - away + 0.5).clamp(0.0, 1.0) * ink;
                let point = &mut self.dark[y * self.width + x];
                *point = point.max(dark);
            }
        }
    }

    /// A box filled with strokes to and fro.
    pub(crate) fn filled(&mut self, (x, y): (f32, f32), dice: &mut Dice) {
        let (ink, width) = (dice.between(0.55, 0.95), dice.between(0.45, 0.8));
        let reach = dice.between(2.0, 2.9);
        let mut last = (x - reach, y - reach + dice.between(0.0, 0.6));
        for step in 1..=9u8 {
            let side = if step.is_multiple_of(2) { -1.0 } else { 1.0 };
            let next =
                (x + side * reach + dice.between(-0.4, 0.4), y - reach + f32::from(step) * reach * 2.0 / 9.0 + dice.between(-0.2, 0.2));
            self.stroke(last, next, width, ink);
            last = next;
        }
    }

    pub(crate) fn crossed(&mut self, (x, y): (f32, f32), dice: &mut Dice, ink: (f32, f32)) {
        let (ink, width) = (dice.between(ink.0, ink.1), dice.between(0.3, 0.6));
        let (dx, dy) = (dice.between(-0.5, 0.5), dice.between(-0.5, 0.5));
        let mut arm = || dice.between(2.0, 3.4);
        let (a, b, c, d) = (arm(), arm(), arm(), arm());
        self.stroke((x + dx - a, y + dy - a), (x + dx + b, y + dy + b), width, ink);
        self.stroke((x + dx - c, y + dy + c), (x + dx + d, y + dy - d), width, ink);
    }

    pub(crate) fn ticked(&mut self, (x, y): (f32, f32), dice: &mut Dice) {
        let (ink, width) = (dice.between(0.6, 0.9), dice.between(0.4, 0.6));
        let low = (x + dice.between(-0.8, 0.3), y + dice.between(1.0, 2.0));
        self.stroke((x - 2.0, y), low, width, ink);
        self.stroke(low, (x + dice.between(1.8, 3.5), y - dice.between(2.0, 3.5)), width, ink);
    }

    /// A small dot where a pen rested.
    pub(crate) fn dotted(&mut self, (x, y): (f32, f32), dice: &mut Dice) {
        let at = (x + dice.between(-1.0, 1.0), y + dice.between(-1.0, 1.0));
        self.stroke(at, (at.0 + 0.2, at.1), 0.5, 0.6);
    }

    fn at(&self, x: f32, y: f32) -> Option<f32> {
        if x < 0.0 || y < 0.0 || x >= (self.width - 1) as f32 || y >= (self.height - 1) as f32 {
            return None;
        }
        let (left, top, fx, fy) = (x as usize, y as usize, x.fract(), y.fract());
        let level = |x: usize, y: usize| self.dark[y * self.width + x];
        let upper = level(left, top) * (1.0 - fx) + level(left + 1, top) * fx;
        Some(upper * (1.0 - fy) + (level(left, top + 1) * (1.0 - fx) + level(left + 1, top + 1) * fx) * fy)
    }

    /// The sheet as a camera or a scanner sees it.
    pub(crate) fn seen(&self, view: &View, dice: &mut Dice) -> GrayImage {
        let (sin, cos) = view.degrees.to_radians().sin_cos();
        let (w, h) = (self.width as f32, self.height as f32);
        let size = |a: f32, b: f32| ((a * cos.abs() + b * sin.abs()) * view.scale * 1.04) as u32;
        let (out_w, out_h) = (size(w, h), size(h, w));
        let blurred = view.blur * PER_MM / 8.0;
        let mut picture = GrayImage::new(out_w, out_h);
        for (px, py, pixel) in picture.enumerate_pixels_mut() {
            let (x, y) = ((px as f32 - out_w as f32 / 2.0) / view.scale, (py as f32 - out_h as f32 / 2.0) / view.scale);
            // Seen from the side: what is further down is further away.
            let depth = 1.0 + view.lean.0 * x / w + view.lean.1 * y / h;
            let (x, y) = (x * depth, y * depth);
            let (u, v) = (x * cos + y * sin + w / 2.0, y * cos - x * sin + h / 2.0);
            let dark = [(0.0, 0.0), (1.0, 0.3), (-1.0, -0.3), (0.3, -1.0), (-0.3, 1.0)]
                .map(|(dx, dy)| self.at(u + dx * blurred, v + dy * blurred));
            let light = match dark {
                [Some(_), ..] => 1.0 - dark.iter().flatten().sum::<f32>() / dark.iter().flatten().count() as f32 * view.contrast,
                _ => view.around,
            };
            let (fx, fy) = (px as f32 / out_w as f32, py as f32 / out_h as f32);
            let edge = (fx * 1.3 + fy * 0.7 - view.edge) * 12.0;
            let shadow = 1.0 - view.shadow / (1.0 + edge.exp());
            let noise: f32 = (0..3).map(|_| dice.between(-1.0, 1.0)).sum::<f32>() * view.noise;
            *pixel = Luma([(light * 235.0 * shadow * (1.0 - 0.25 * view.lamp * fy) + noise).clamp(0.0, 255.0) as u8]);
        }
        picture
    }
}

/// How a sheet is seen.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) degrees: f32,
    pub(crate) scale: f32,
    pub(crate) lean: (f32, f32),
    /// Points on the paper over which a point is smeared.
    pub(crate) blur: f32,
    /// How much darker print is than paper; a pale copy has half.
    pub(crate) contrast: f32,
    /// Light of what the sheet lies on.
    pub(crate) around: f32,
    /// How much light a shadow takes, and where it ends.
    pub(crate) shadow: f32,
    pub(crate) edge: f32,
    pub(crate) lamp: f32,
    pub(crate) noise: f32,
}

/// A clean scan.
pub(crate) const SCAN: View = View {
    degrees: 0.0,
    scale: 0.9,
    lean: (0.0, 0.0),
    blur: 0.5,
    contrast: 0.95,
    around: 1.0,
    shadow: 0.0,
    edge: 0.0,
    lamp: 0.0,
    noise: 2.0,
};

impl View {
    /// Some way of seeing a sheet: scans, copies, photographs, upside down too.
    pub(crate) fn any(dice: &mut Dice) -> View {
        let upside_down = if dice.below(4) == 0 { 180.0 } else { 0.0 };
        let photo = dice.below(2) == 0;
        let lean = if photo { 0.12 } else { 0.0 };
        View {
            degrees: dice.between(-10.0, 10.0) + upside_down,
            scale: dice.between(0.62, 1.15),
            lean: (dice.between(-lean, lean), dice.between(-lean, lean)),
            blur: dice.between(0.3, 2.2),
            contrast: dice.between(0.55, 0.98),
            around: if photo { dice.between(0.1, 0.9) } else { 1.0 },
            shadow: if photo { dice.between(0.0, 0.45) } else { 0.0 },
            edge: dice.between(0.2, 1.6),
            lamp: if photo { dice.between(0.0, 1.0) } else { 0.2 },
            noise: dice.between(0.5, 7.0),
        }
    }
}

/// Marks every row in some way; what was meant, row by row.
pub(crate) fn filled_in(paper: &mut Paper, sheet: &Printed, dice: &mut Dice) -> Vec<BTreeSet<usize>> {
    let cross = (0.55, 0.9);
    let mut meant = Vec::new();
    for row in &sheet.rows {
        let n = row.boxes.len();
        let (one, other) = (dice.below(n), dice.below(n));
        let mut marked = BTreeSet::from([one]);
        match dice.below(100) {
            0..46 => paper.filled(row.boxes[one], dice),
            46..78 => paper.crossed(row.boxes[one], dice, cross),
            78..86 => paper.ticked(row.boxes[one], dice),
            86..90 => marked.clear(),
            90..93 => {
                paper.crossed(row.boxes[one], dice, cross);
                paper.crossed(row.boxes[other], dice, cross);
                marked.insert(other);
            }
            // Filled, crossed out, another one filled.
            93..95 => {
                paper.filled(row.boxes[one], dice);
                paper.filled(row.boxes[other], dice);
                marked.insert(other);
            }
            // A pencil that hardly writes.
            95..97 => paper.crossed(row.boxes[one], dice, (0.12, 0.3)),
            _ => {
                paper.filled(row.boxes[one], dice);
                if other != one {
                    paper.dotted(row.boxes[other], dice);
                }
            }
        }
        meant.push(marked);
    }
    meant
}

pub(crate) fn grey(picture: &GrayImage) -> Grey {
    Grey::new(picture.width() as usize, picture.height() as usize, picture.as_raw().clone()).unwrap()
}
