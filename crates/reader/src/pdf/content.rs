//! What a page shows, in the order it is drawn: glyphs with their places, pictures, ruled lines.
//!
//! Places are in points from the upper left corner of the page as it is looked at, so y grows downwards.
//! ISO 32000-1, 8.3, 9.3 and 9.4.

use std::ops::ControlFlow;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Rotation};

use super::fonts::{Font, Fonts, UNKNOWN};
use super::streams;
use crate::Problem;
use crate::limits::Budget;
use crate::lines::Rule;
use crate::writer::Font as Legacy;

/// `[a b c d e f]`: x' = a·x + c·y + e, y' = b·x + d·y + f.
pub(super) type Matrix = [f32; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `m`, then `n`.
fn then(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

fn apply(m: Matrix, x: f32, y: f32) -> (f32, f32) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

/// The page as it is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) width: f32,
    pub(super) height: f32,
    matrix: Matrix,
}

impl Frame {
    pub(super) fn of(page: &Page<'_>) -> Frame {
        let crop = page.intersected_crop_box();
        let (x0, y0, x1, y1) = (crop.x0 as f32, crop.y0 as f32, crop.x1 as f32, crop.y1 as f32);
        let (width, height) = page.render_dimensions();
        let matrix = match page.rotation() {
            Rotation::None => [1.0, 0.0, 0.0, -1.0, -x0, y1],
            Rotation::Horizontal => [0.0, 1.0, 1.0, 0.0, -y0, -x0],
            Rotation::Flipped => [-1.0, 0.0, 0.0, 1.0, x1, -y0],
            Rotation::FlippedHorizontal => [0.0, -1.0, -1.0, 0.0, y1, x1],
        };
        Frame { width, height, matrix }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) x: f32,
    pub(super) right: f32,
    /// Of the baseline.
    pub(super) y: f32,
    pub(super) size: f32,
    /// Where its characters stand in [`Content::text`].
    pub(super) text: std::ops::Range<usize>,
    pub(super) legacy: Legacy,
    /// Written upright from left to right; stamps and watermarks are not.
    pub(super) upright: bool,
    /// Where it ends on its baseline.
    pub(super) end: (f32, f32),
}

impl Glyph {
    fn new(start: (f32, f32), end: (f32, f32), size: f32, text: std::ops::Range<usize>, legacy: Legacy) -> Glyph {
        let (x, y) = start;
        let (right, end_y) = end;
        let upright = right >= x && (end_y - y).abs() <= 0.2 * (right - x).abs() + 0.01;
        Glyph { x, right, y, size, text, legacy, upright, end }
    }

    fn is_finite(&self) -> bool {
        [self.x, self.right, self.y, self.size, self.end.1].iter().all(|n| n.is_finite())
    }
}

/// A picture and where it is drawn.
pub(super) struct Placed<'a> {
    pub(super) stream: Stream<'a>,
    pub(super) matrix: Matrix,
}

impl Placed<'_> {
    /// Square points that the picture covers.
    pub(super) fn area(&self) -> f32 {
        let m = self.matrix;
        (m[0] * m[3] - m[1] * m[2]).abs()
    }
}

#[derive(Default)]
pub(super) struct Content<'a> {
    pub(super) text: String,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) images: Vec<Placed<'a>>,
    pub(super) rules: Vec<Rule>,
    pub(super) n_unknown: usize,
}

/// More of these on one page than any letter has.
const MAX_GLYPHS: usize = 500_000;
const MAX_TEXT_BYTES: usize = 8 << 20;
const MAX_RULES: usize = 20_000;
const MAX_IMAGES: usize = 2_000;
const MAX_IMAGE_KEYS: usize = 256;
const MAX_SAVED: usize = 512;
const MAX_FORM_DEPTH: usize = 12;

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    char_spacing: f32,
    word_spacing: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// Reading of one content stream.
struct Run<'c, 'a, 'b> {
    content: &'c mut Content<'a>,
    fonts: &'c mut Fonts,
    budget: &'b mut Budget,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    point: (f32, f32),
    /// Lines of the path so far, and whether they are sides of a rectangle.
    pending: Vec<(Rule, bool)>,
    depth: usize,
}

impl<'a> Content<'a> {
    /// Glyphs that are nowhere still have text.
    fn is_full(&self) -> bool {
        self.glyphs.len() >= MAX_GLYPHS || self.text.len() >= MAX_TEXT_BYTES
    }

    /// Turns a page whose text runs up, down or upside down, as landscape pages do that do not say so.
    pub(super) fn turned(mut self, frame: Frame) -> (Content<'a>, Frame) {
        type Turn = fn((f32, f32), Frame) -> (f32, f32);
        const TURNS: [Turn; 3] = [|(x, y), f| (f.height - y, x), |(x, y), f| (y, f.width - x), |(x, y), f| (f.width - x, f.height - y)];
        let upright_after = |glyph: &Glyph, turn: Turn| {
            let (start, end) = (turn((glyph.x, glyph.y), frame), turn(glyph.end, frame));
            Glyph::new(start, end, glyph.size, glyph.text.clone(), glyph.legacy)
        };
        let n_slanted = self.glyphs.iter().filter(|g| !g.upright).count();
        if n_slanted * 2 <= self.glyphs.len() {
            return (self, frame);
        }
        for (place, turn) in TURNS.into_iter().enumerate() {
            let glyphs: Vec<Glyph> = self.glyphs.iter().map(|glyph| upright_after(glyph, turn)).collect();
            if glyphs.iter().filter(|g| g.upright).count() * 2 <= glyphs.len() {
                continue;
            }
            self.glyphs = glyphs;
            for rule in &mut self.rules {
                let (a, b) = (turn((rule.x0, rule.y0), frame), turn((rule.x1, rule.y1), frame));
                *rule = Rule { x0: a.0.min(b.0), y0: a.1.min(b.1), x1: a.0.max(b.0), y1: a.1.max(b.1) };
            }
            let (width, height) = if place == 2 { (frame.width, frame.height) } else { (frame.height, frame.width) };
            return (self, Frame { width, height, ..frame });
        }
        (self, frame)
    }

    pub(super) fn read(
        &mut self,
        data: &[u8],
        fonts_dict: &Dict<'a>,
        x_objects: &Dict<'a>,
        frame: Frame,
        fonts: &mut Fonts,
        budget: &mut Budget,
    ) -> Result<(), Problem> {
        let state = State {
            matrix: frame.matrix,
            font: None,
            size: 0.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut run = Run {
            content: self,
            fonts,
            budget,
            state,
            saved: vec![],
            text: IDENTITY,
            line: IDENTITY,
            point: (0.0, 0.0),
            pending: vec![],
            depth: 0,
        };
        run.stream(data, fonts_dict, x_objects)
    }
}

impl<'a> Run<'_, 'a, '_> {
    fn stream(&mut self, data: &[u8], fonts: &Dict<'a>, x_objects: &Dict<'a>) -> Result<(), Problem> {
        let mut instructions = TypedIter::new(data);
        while let Some(instruction) = instructions.next() {
            self.budget.tick()?;
            if self.content.is_full() {
                return Ok(());
            }
            match instruction {
                TypedInstruction::TextFont(op) => {
                    self.state.font = self.fonts.get(fonts, op.0, self.budget)?;
                    self.state.size = op.1.as_f32();
                }
                TypedInstruction::XObject(op) => self.x_object(op.0, fonts, x_objects)?,
                other => {
                    if !self.text_op(&other) {
                        self.graphics_op(&other);
                    }
                }
            }
        }
        Ok(())
    }

    fn text_op(&mut self, instruction: &TypedInstruction<'_, '_>) -> bool {
        match instruction {
            TypedInstruction::BeginText(_) => (self.text, self.line) = (IDENTITY, IDENTITY),
            TypedInstruction::CharacterSpacing(op) => self.state.char_spacing = op.0.as_f32(),
            TypedInstruction::WordSpacing(op) => self.state.word_spacing = op.0.as_f32(),
            TypedInstruction::HorizontalScaling(op) => self.state.stretch = op.0.as_f32() / 100.0,
            TypedInstruction::TextLeading(op) => self.state.leading = op.0.as_f32(),
            TypedInstruction::TextRise(op) => self.state.rise = op.0.as_f32(),
            TypedInstruction::NextLine(op) => self.next_line(op.0.as_f32(), op.1.as_f32()),
            TypedInstruction::NextLineAndSetLeading(op) => {
                self.state.leading = -op.1.as_f32();
                self.next_line(op.0.as_f32(), op.1.as_f32());
            }
            TypedInstruction::SetTextMatrix(op) => {
                self.text = [op.0, op.1, op.2, op.3, op.4, op.5].map(|n| n.as_f32());
                self.line = self.text;
            }
            TypedInstruction::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            TypedInstruction::ShowText(op) => self.show(op.0.as_bytes()),
            TypedInstruction::NextLineAndShowText(op) => {
                self.next_line(0.0, -self.state.leading);
                self.show(op.0.as_bytes());
            }
            TypedInstruction::ShowTextWithParameters(op) => {
                self.state.word_spacing = op.0.as_f32();
                self.state.char_spacing = op.1.as_f32();
                self.next_line(0.0, -self.state.leading);
                self.show(op.2.as_bytes());
            }
            TypedInstruction::ShowTexts(op) => {
                for object in op.0.iter::<Object<'_>>() {
                    match object {
                        Object::String(string) => self.show(string.as_bytes()),
                        Object::Number(number) => {
                            self.advance(-number.as_f32() / 1000.0 * self.state.size * self.state.stretch);
                        }
                        _ => {}
                    }
                }
            }
            _ => return false,
        }
        true
    }

    fn graphics_op(&mut self, instruction: &TypedInstruction<'_, '_>) {
        match instruction {
            TypedInstruction::SaveState(_) if self.saved.len() < MAX_SAVED => self.saved.push(self.state.clone()),
            TypedInstruction::RestoreState(_) => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            TypedInstruction::Transform(op) => {
                let matrix = [op.0, op.1, op.2, op.3, op.4, op.5].map(|n| n.as_f32());
                self.state.matrix = then(matrix, self.state.matrix);
            }
            TypedInstruction::MoveTo(op) => self.point = apply(self.state.matrix, op.0.as_f32(), op.1.as_f32()),
            TypedInstruction::LineTo(op) => {
                let to = apply(self.state.matrix, op.0.as_f32(), op.1.as_f32());
                self.rule(self.point, to, false);
                self.point = to;
            }
            TypedInstruction::RectPath(op) => {
                let (x, y, w, h) = (op.0.as_f32(), op.1.as_f32(), op.2.as_f32(), op.3.as_f32());
                self.rectangle(apply(self.state.matrix, x, y), apply(self.state.matrix, x + w, y + h));
            }
            TypedInstruction::EndPath(_) => self.pending.clear(),
            TypedInstruction::StrokePath(_)
            | TypedInstruction::CloseAndStrokePath(_)
            | TypedInstruction::FillAndStrokeNonZero(_)
            | TypedInstruction::FillAndStrokeEvenOdd(_) => self.draw_path(true),
            TypedInstruction::FillPathNonZero(_)
            | TypedInstruction::FillPathNonZeroCompatibility(_)
            | TypedInstruction::FillPathEvenOdd(_) => self.draw_path(false),
            _ => {}
        }
    }

    /// The background of a page or of a word has no lines.
    fn draw_path(&mut self, stroked: bool) {
        let room = MAX_RULES.saturating_sub(self.content.rules.len());
        let drawn = self.pending.drain(..).filter(|(_, is_side)| stroked || !is_side).map(|(rule, _)| rule);
        self.content.rules.extend(drawn.take(room));
    }

    /// Thin rectangles are how most programs draw lines; boxes have four of them.
    fn rectangle(&mut self, from: (f32, f32), to: (f32, f32)) {
        const THIN: f32 = 3.0;
        let (w, h) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
        if h <= THIN {
            self.rule(from, (to.0, from.1), false);
        } else if w <= THIN {
            self.rule(from, (from.0, to.1), false);
        } else {
            self.rule(from, (to.0, from.1), true);
            self.rule((from.0, to.1), to, true);
            self.rule(from, (from.0, to.1), true);
            self.rule((to.0, from.1), to, true);
        }
    }

    /// `is_side`: of a rectangle that may be filled only.
    fn rule(&mut self, from: (f32, f32), to: (f32, f32), is_side: bool) {
        const SLANT: f32 = 1.0;
        let (dx, dy) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
        if (dx > SLANT) != (dy > SLANT) && self.pending.len() < MAX_RULES {
            let rule = Rule { x0: from.0.min(to.0), y0: from.1.min(to.1), x1: from.0.max(to.0), y1: from.1.max(to.1) };
            self.pending.push((rule, is_side));
        }
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = then([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn advance(&mut self, x: f32) {
        self.text = then([1.0, 0.0, 0.0, 1.0, x, 0.0], self.text);
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        let (size, stretch, rise) = (self.state.size, self.state.stretch, self.state.rise);
        font.glyphs(bytes, |shown| {
            let whole = then(self.text, self.state.matrix);
            let start_at = apply(whole, 0.0, rise);
            let spacing = self.state.char_spacing + if shown.is_space_byte { self.state.word_spacing } else { 0.0 };
            let width = (shown.width * size + self.state.char_spacing) * stretch;
            let end = apply(whole, width, rise);
            let start = self.content.text.len();
            self.content.text.push_str(&shown.text);
            self.content.n_unknown += usize::from(shown.text == UNKNOWN);
            let height = (whole[2] * whole[2] + whole[3] * whole[3]).sqrt() * size.abs();
            let glyph = Glyph::new(start_at, end, height, start..self.content.text.len(), font.legacy);
            if glyph.is_finite() {
                self.content.glyphs.push(glyph);
            }
            self.advance((shown.width * size + spacing) * stretch);
            if self.content.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
    }

    fn x_object(&mut self, name: &Name<'_>, fonts: &Dict<'a>, x_objects: &Dict<'a>) -> Result<(), Problem> {
        let Some(stream) = x_objects.get::<Stream<'a>>(name) else { return Ok(()) };
        let subtype = stream.dict().get::<Name<'_>>(b"Subtype");
        match subtype.as_ref().map(|s| s.as_str()) {
            Some("Image") => {
                // Each is kept with its dictionary, which may be anything.
                if self.content.images.len() < MAX_IMAGES && stream.dict().len() <= MAX_IMAGE_KEYS {
                    self.content.images.push(Placed { stream, matrix: self.state.matrix });
                }
                Ok(())
            }
            Some("Form") if self.depth < MAX_FORM_DEPTH => self.form(&stream, fonts, x_objects),
            _ => Ok(()),
        }
    }

    fn form(&mut self, stream: &Stream<'a>, fonts: &Dict<'a>, x_objects: &Dict<'a>) -> Result<(), Problem> {
        self.budget.check_time()?;
        let data = streams::unpacked(stream, self.budget)?;
        let dict = stream.dict();
        let resources = dict.get::<Dict<'a>>(b"Resources");
        let part = |key: &[u8], outer: &Dict<'a>| match &resources {
            Some(own) => own.get::<Dict<'a>>(key).unwrap_or_default(),
            None => outer.clone(),
        };
        let (fonts, x_objects) = (part(b"Font", fonts), part(b"XObject", x_objects));
        let outer = (self.state.clone(), std::mem::take(&mut self.saved), self.text, self.line);
        if let Some(array) = dict.get::<Array<'_>>(b"Matrix") {
            let mut matrix = IDENTITY;
            for (place, value) in matrix.iter_mut().zip(array.iter::<f32>()) {
                *place = value;
            }
            self.state.matrix = then(matrix, self.state.matrix);
        }
        self.depth += 1;
        let outcome = self.stream(&data, &fonts, &x_objects);
        self.depth -= 1;
        (self.state, self.saved, self.text, self.line) = outer;
        outcome
    }
}
