//! How dark a box is: the mean of its inside, measured against the paper around it, where 1 is as dark as the printed squares.

use super::frame::Frame;
use super::levels::Grey;
use super::{Doubt, Plan, Point};

/// As dark as this is marked: a thin cross of a ballpoint covers a tenth of a box.
const MARKED: f32 = 0.09;
/// Less than this is paper.
const PAPER: f32 = 0.035;
/// Beside a box that is filled, strokes which went astray are allowed so much of its darkness.
const ASTRAY: f32 = 0.08;
/// Darkness that the outline of a box has to have where it is looked for, in each box and in the mean of a row.
const OUTLINE: (f32, f32) = (0.06, 0.14);
/// Millimetres at each side that belong to the outline, not to the inside.
const RIM: f32 = 0.95;
/// How far boxes are looked for around the place where they should stand, in steps of 0.35 millimetres: paper is never flat.
const REACH: i8 = 4;
const STEP: f32 = 0.35;

/// A row of boxes as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// How dark each box is: 0 paper, 1 as black as print.
    pub dark: Vec<f32>,
    /// The boxes that are marked, by their places.
    pub chosen: Vec<usize>,
    /// Why somebody has to look at it.
    pub doubt: Option<Doubt>,
}

/// How much light the black of print throws back, as a part of what the paper does: the median of the four squares.
pub(super) fn black(grey: &Grey, frame: &Frame, plan: &Plan) -> f32 {
    let part = |centre: &Point| {
        let inside = mean(grey, frame, spots(*centre, plan.corner * 0.3));
        let around = mean(grey, frame, ring(*centre, plan.corner / 2.0 + 1.5));
        (inside / around.max(1.0)).clamp(0.0, 0.85)
    };
    let mut parts = plan.corners.map(|centre| part(&centre));
    parts.sort_by(f32::total_cmp);
    (parts[1] + parts[2]) / 2.0
}

/// Reads one row, whose boxes have these centres.
pub(super) fn row(grey: &Grey, frame: &Frame, black: f32, boxes: &[Point], side: f32) -> Row {
    let steps = || (-REACH..=REACH).map(|step| f32::from(step) * STEP);
    let shifts = steps().flat_map(|x| steps().map(move |y| (x, y)));
    let place = |(x, y): Point| boxes.iter().map(|at| (at.0 + x, at.1 + y)).collect::<Vec<_>>();
    let outlines = |shift: Point| {
        let each = place(shift).into_iter().map(|centre| sides(grey, frame, black, centre, side, &[0.0]).iter().sum::<f32>() / 4.0);
        // What is nearer is likelier, where nothing else tells.
        each.sum::<f32>() - (shift.0.abs() + shift.1.abs()) * 0.004
    };
    let best = shifts.map(|shift| (outlines(shift), shift)).max_by(|a, b| a.0.total_cmp(&b.0)).map_or((0.0, 0.0), |(_, shift)| shift);
    let places = place(best);
    // On the lightest side: a line that runs through by chance has no four sides.
    let lightest = |centre: &Point| sides(grey, frame, black, *centre, side, &[-0.25, 0.0, 0.25]).into_iter().fold(1.0, f32::min);
    let seen: Vec<f32> = places.iter().map(lightest).collect();
    let dark: Vec<f32> = places.iter().map(|centre| inside(grey, frame, black, *centre, side)).collect();
    let total = seen.iter().sum::<f32>() / seen.len().max(1) as f32;
    let is_seen = total >= OUTLINE.1 && seen.iter().all(|dark| *dark >= OUTLINE.0);
    let chosen: Vec<usize> = (0..dark.len()).filter(|at| dark[*at] >= MARKED).collect();
    let darkest = dark.iter().copied().fold(0.0, f32::max);
    let least = PAPER.max(darkest * ASTRAY).min(MARKED);
    let is_faint = dark.iter().any(|dark| (least..MARKED).contains(dark));
    let doubt = match chosen.len() {
        _ if !is_seen => Some(Doubt::Unclear),
        _ if is_faint => Some(Doubt::Faint),
        0 => Some(Doubt::Empty),
        1 => None,
        _ => Some(Doubt::Several),
    };
    Row { dark, chosen, doubt }
}

/// How much darker the inside of a box is than the paper around it.
fn inside(grey: &Grey, frame: &Frame, black: f32, centre: Point, side: f32) -> f32 {
    let own = mean(grey, frame, spots(centre, side / 2.0 - RIM));
    darkness(own, mean(grey, frame, ring(centre, side / 2.0 + 0.7)), black)
}

/// How dark the four sides of a box are, each where it is darkest within so many millimetres of its place.
fn sides(grey: &Grey, frame: &Frame, black: f32, (x, y): Point, side: f32, astray: &[f32]) -> [f32; 4] {
    const SPOTS: u8 = 9;
    let half = side / 2.0;
    let paper = mean(grey, frame, ring((x, y), half + 0.7));
    let along = |at: u8| (f32::from(at) + 0.5) / f32::from(SPOTS) * side - half;
    let line = |place: fn(f32, f32) -> Point| {
        let at = |half: f32| (0..SPOTS).map(move |at| place(along(at), half)).map(move |(dx, dy)| (x + dx, y + dy));
        astray.iter().map(|astray| darkness(mean(grey, frame, at(half + astray)), paper, black)).fold(0.0, f32::max)
    };
    [line(|at, half| (at, -half)), line(|at, half| (at, half)), line(|at, half| (-half, at)), line(|at, half| (half, at))]
}

fn darkness(level: f32, paper: f32, black: f32) -> f32 {
    (paper - level) / (paper * (1.0 - black)).max(1.0)
}

/// Places in a square around a centre, a fifth of a millimetre apart.
fn spots((x, y): Point, half: f32) -> impl Iterator<Item = Point> {
    let n = (half * 10.0) as u8;
    let at = move |n_of: u8| (f32::from(n_of) + 0.5) / f32::from(n) * 2.0 * half - half;
    (0..n).flat_map(move |row| (0..n).map(move |column| (x + at(column), y + at(row))))
}

/// Places on the rim of a square around a centre.
fn ring((x, y): Point, half: f32) -> impl Iterator<Item = Point> {
    const SPOTS: u8 = 16;
    let at = move |n: u8| (f32::from(n) + 0.5) / f32::from(SPOTS) * 2.0 * half - half;
    (0..SPOTS).flat_map(move |n| [(x + at(n), y - half), (x + at(n), y + half), (x - half, y + at(n)), (x + half, y + at(n))])
}

fn mean(grey: &Grey, frame: &Frame, points: impl Iterator<Item = Point>) -> f32 {
    let (sum, n) = points.fold((0.0, 0.0), |(sum, n), point| (sum + grey.at(frame.map(point)), n + 1.0));
    if n > 0.0 { sum / n } else { 0.0 }
}

/// Points a millimetre of a cutting.
const PER_MM: f32 = 4.0;
/// Most points of a cutting along one side: a row over the whole sheet has 760.
const MOST_POINTS: usize = 800;

pub(super) fn cutting(grey: &Grey, frame: &Frame, from: Point, to: Point) -> String {
    let points = |length: f32| ((length * PER_MM).max(1.0) as usize).min(MOST_POINTS);
    let (width, height) = (points(to.0 - from.0), points(to.1 - from.1));
    let level = |x: usize, y: usize| grey.at(frame.map((from.0 + (x as f32 + 0.5) / PER_MM, from.1 + (y as f32 + 0.5) / PER_MM)));
    let cut: Vec<f32> = (0..width * height).map(|at| level(at % width, at / width)).collect();
    let mut sorted = cut.clone();
    sorted.sort_by(f32::total_cmp);
    let paper = sorted[sorted.len() * 7 / 10];
    let mut path = String::new();
    for (y, row) in cut.chunks(width).enumerate() {
        let mut at = 0;
        for run in row.chunk_by(|a, b| (*a < paper * 0.8) == (*b < paper * 0.8)) {
            if run[0] < paper * 0.8 {
                path.push_str(&format!("M{at} {y}.5h{}", run.len()));
            }
            at += run.len();
        }
    }
    path
}
