//! Boxes of a printed sheet that somebody marked by hand, read from a scan or the photograph of a telephone.
//!
//! The sheet has a solid square near each corner, a QR code that says which sheet it is, and boxes with an outline. Everything
//! is measured against the four squares, so that it may lie turned, upside down, askew or in a shadow. What cannot be told for
//! certain is called doubtful and never guessed; deciding what a doubtful row means is for a person. Not here: what the rows
//! ask, who may send pictures. Pure but for pages of a PDF that have to be drawn by another program.
//!
//! ```text
//! for page in pages(&bytes, "scan.pdf", 100)? {
//!     let seen = find(&page.grey?, &plan)?;       // seen.code says which sheet it is
//!     let rows = seen.rows(&boxes, 5.5)?;         // rows[0].chosen == [1]: the second box
//! }
//! ```

mod boxes;
mod corners;
mod frame;
mod levels;
mod pages;

pub use boxes::Row;
pub use levels::Grey;
pub use pages::{Page, pages};

use frame::Frame;

/// A place on the sheet, in millimetres from its top left corner.
pub type Point = (f32, f32);

/// Where the parts stand that every sheet has, in millimetres.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Centres of the solid squares: top left, top right, bottom right, bottom left.
    pub corners: [Point; 4],
    /// Side of such a square.
    pub corner: f32,
    /// Top left corner of the QR code with the white around it.
    pub code: Point,
    /// Side of the code with that white.
    pub code_side: f32,
}

/// Why a picture gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    #[error("the file is too large")]
    TooLarge,
    #[error("the picture has too many points")]
    TooManyPixels,
    #[error("too few points to tell anything")]
    TooSmall,
    #[error("neither PDF nor PNG nor JPEG")]
    NoPicture,
    #[error("the picture is broken")]
    Broken,
    #[error("pages of the PDF have to be drawn, and pdftoppm is not there")]
    NoDrawing,
    #[error("no four squares of a sheet")]
    NoSheet,
    #[error("a corner of the sheet is missing")]
    CutOff,
    #[error("the code on the sheet cannot be read")]
    NoCode,
}

impl Unread {
    /// The word by which catalogues know it.
    pub fn code(self) -> &'static str {
        match self {
            Unread::TooLarge => "too-large",
            Unread::TooManyPixels => "too-many-pixels",
            Unread::TooSmall => "too-small",
            Unread::NoPicture => "no-picture",
            Unread::Broken => "broken",
            Unread::NoDrawing => "no-drawing",
            Unread::NoSheet => "no-sheet",
            Unread::CutOff => "cut-off",
            Unread::NoCode => "no-code",
        }
    }

    /// All of them, for whoever has words for each.
    pub const CODES: &[&str] =
        &["too-large", "too-many-pixels", "too-small", "no-picture", "broken", "no-drawing", "no-sheet", "cut-off", "no-code"];
}

/// Why somebody has to look at a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No box is marked.
    Empty,
    /// A box is darker than paper and lighter than a mark.
    Faint,
    /// Several boxes are marked.
    Several,
    /// The boxes themselves do not stand where they should: folded, torn, covered.
    Unclear,
}

impl Doubt {
    /// The word by which catalogues know it.
    pub fn code(self) -> &'static str {
        match self {
            Doubt::Empty => "empty",
            Doubt::Faint => "faint",
            Doubt::Several => "several",
            Doubt::Unclear => "unclear",
        }
    }

    /// All of them.
    pub const CODES: &[&str] = &["empty", "faint", "several", "unclear"];
}

/// A sheet that was found in a picture.
#[derive(Debug)]
pub struct Seen {
    /// What its code says.
    pub code: String,
    grey: Grey,
    frame: Frame,
    /// How much of the light each square throws back, measured against the paper around it: 0 is black.
    black: f32,
}

/// Finds the sheet in a picture: its squares, which way up it lies, and its code.
///
/// # Errors
/// [`Unread`].
pub fn find(picture: &Grey, plan: &Plan) -> Result<Seen, Unread> {
    let grey = picture.at_most(levels::WORKING_SIDE);
    let (quads, squares) = corners::quads(&grey, plan);
    if quads.is_empty() {
        return Err(if corners::lacks_one(&squares, plan) { Unread::CutOff } else { Unread::NoSheet });
    }
    let mut small = false;
    for quad in quads {
        for turn in 0..4 {
            let turned: [Point; 4] = std::array::from_fn(|at| quad[(at + turn) % 4]);
            let Some(frame) = Frame::of(plan.corners, turned) else { continue };
            if frame.scale() < levels::LEAST_SCALE {
                small = true;
                continue;
            }
            if let Some(code) = code_of(&grey, &frame, plan) {
                let black = boxes::black(&grey, &frame, plan);
                return Ok(Seen { code, grey, frame, black });
            }
        }
    }
    Err(if small { Unread::TooSmall } else { Unread::NoCode })
}

/// What the code says that stands where it should. Nothing else of the picture is searched, so that a picture full of what looks
/// like corners of codes costs no more than any other.
fn code_of(grey: &Grey, frame: &Frame, plan: &Plan) -> Option<String> {
    // Points a millimetre: a module is nearly a millimetre wide. The second try has a little more of what stands around it, for
    // sheets that are not flat.
    for (more, per_mm) in [(0.0, 8.0), (2.0, 8.0), (1.0, 5.0)] {
        let side = ((plan.code_side + 2.0 * more) * per_mm) as usize;
        let cut = Grey::drawn(side, side, |x, y| {
            let at = |n: usize, from: f32| from - more + (n as f32 + 0.5) / per_mm;
            grey.at(frame.map((at(x, plan.code.0), at(y, plan.code.1))))
        });
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| cut.pixel(x, y));
        for grid in image.detect_grids() {
            let mut text = Vec::new();
            if grid.decode_to(&mut text).is_ok()
                && let Ok(text) = String::from_utf8(text)
            {
                return Some(text);
            }
        }
    }
    None
}

impl Seen {
    /// The rows of boxes, whose centres are given; `side` of a box in millimetres.
    ///
    /// # Errors
    /// [`Unread::CutOff`] where a box would stand outside the picture.
    pub fn rows(&self, rows: &[Vec<Point>], side: f32) -> Result<Vec<Row>, Unread> {
        let is_inside = |at: &Point| self.grey.holds(self.frame.map(*at));
        if !rows.iter().flatten().all(is_inside) {
            return Err(Unread::CutOff);
        }
        Ok(rows.iter().map(|row| boxes::row(&self.grey, &self.frame, self.black, row, side)).collect())
    }

    /// A part of the sheet as somebody would see it, upright: dark runs as a path of an SVG whose unit is a quarter of a
    /// millimetre, so that a doubtful row can be shown without the picture.
    pub fn cutting(&self, from: Point, to: Point) -> String {
        boxes::cutting(&self.grey, &self.frame, from, to)
    }
}
