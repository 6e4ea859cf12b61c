//! The four solid squares of a sheet: dark patches that are square and full, and four of them that stand as a sheet's do.

use super::levels::Grey;
use super::{Plan, Point};

/// A dark patch that could be one of the squares.
#[derive(Debug, Clone, Copy)]
pub(super) struct Square {
    centre: Point,
    /// Side of a square of its area, in points.
    side: f32,
}

/// Most squares that are looked at together: of sixteen there are 1,820 fours.
const MOST_SQUARES: usize = 16;
/// Most fours that are tried.
const MOST_QUADS: usize = 6;
/// Darker than the paper around by so much, in percent, belongs to a patch: a pale copy still has that.
const DARK_PERCENT: u32 = 33;
/// Most patches: a picture of noise has millions.
const MOST_PATCHES: usize = 200_000;

/// Fours of squares that stand as those of a sheet do, the likeliest first, each clockwise; and all squares.
pub(super) fn quads(grey: &Grey, plan: &Plan) -> (Vec<[Point; 4]>, Vec<Square>) {
    let squares = squares(grey);
    let mut found: Vec<(f32, [Point; 4])> = Vec::new();
    let n = squares.len();
    for a in 0..n {
        for b in a + 1..n {
            for c in b + 1..n {
                for d in c + 1..n {
                    let four = [squares[a], squares[b], squares[c], squares[d]];
                    found.extend(fits(four, plan));
                }
            }
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    (found.into_iter().take(MOST_QUADS).map(|(_, quad)| quad).collect(), squares)
}

/// How badly four squares stand for those of a sheet (less is better), and their centres clockwise.
fn fits(four: [Square; 4], plan: &Plan) -> Option<(f32, [Point; 4])> {
    let middle = four.iter().fold((0.0, 0.0), |(x, y), square| (x + square.centre.0 / 4.0, y + square.centre.1 / 4.0));
    let mut four = four;
    let angle = |square: &Square| (square.centre.1 - middle.1).atan2(square.centre.0 - middle.0);
    four.sort_by(|a, b| angle(a).total_cmp(&angle(b)));
    let quad = four.map(|square| square.centre);
    let sides: [f32; 4] = std::array::from_fn(|at| distance(quad[at], quad[(at + 1) % 4]));
    // Opposite sides differ by no more than a photograph from the side makes them.
    let opposite = |at: usize| ratio(sides[at], sides[at + 2]);
    let (across, along) = ((sides[0] + sides[2]) / 2.0, (sides[1] + sides[3]) / 2.0);
    let wanted = distance(plan.corners[1], plan.corners[2]) / distance(plan.corners[0], plan.corners[1]);
    let shape = ratio(across.max(along) / across.min(along).max(1.0), wanted);
    // A square is as large as the distance to the next one says.
    let short = across.min(along) / distance(plan.corners[0], plan.corners[1]) * plan.corner;
    let size = four.iter().map(|square| ratio(square.side, short)).fold(1.0, f32::max);
    let corner = (0..4).map(|at| slant(quad[(at + 3) % 4], quad[at], quad[(at + 1) % 4])).fold(0.0, f32::max);
    let fit = opposite(0).max(opposite(1)) < 1.3 && shape < 1.25 && size < 1.5 && corner < 0.35;
    fit.then(|| (opposite(0) + opposite(1) + shape + size * 2.0 + corner, quad))
}

/// Whether three squares stand as those of a sheet do whose fourth is missing.
pub(super) fn lacks_one(squares: &[Square], plan: &Plan) -> bool {
    let wanted = distance(plan.corners[1], plan.corners[2]) / distance(plan.corners[0], plan.corners[1]);
    let is_corner = |a: &Square, b: &Square, c: &Square| {
        let (one, two) = (distance(a.centre, b.centre), distance(b.centre, c.centre));
        let short = one.min(two) / distance(plan.corners[0], plan.corners[1]) * plan.corner;
        let sizes = [a, b, c].iter().all(|square| ratio(square.side, short) < 1.4);
        sizes && slant(a.centre, b.centre, c.centre) < 0.25 && ratio(one.max(two) / one.min(two).max(1.0), wanted) < 1.15
    };
    let of_two = |b: &Square| squares.iter().flat_map(move |a| squares.iter().map(move |c| (a, c))).any(|(a, c)| is_corner(a, b, c));
    squares.iter().any(of_two)
}

/// How far the angle at `b` is from a right one: its cosine.
fn slant(a: Point, b: Point, c: Point) -> f32 {
    let (one, two) = ((a.0 - b.0, a.1 - b.1), (c.0 - b.0, c.1 - b.1));
    let lengths = one.0.hypot(one.1) * two.0.hypot(two.1);
    if lengths < 1.0 { 1.0 } else { ((one.0 * two.0 + one.1 * two.1) / lengths).abs() }
}

fn distance(a: Point, b: Point) -> f32 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// How many times the larger is the smaller.
fn ratio(a: f32, b: f32) -> f32 {
    a.max(b) / a.min(b).max(f32::MIN_POSITIVE)
}

/// Patches that are full and as wide as high, the largest first.
fn squares(grey: &Grey) -> Vec<Square> {
    let longest = grey.width().max(grey.height()) as f32;
    // Of a sheet that fills the picture a square is a thirty-seventh of the longer side; it may fill half of it.
    let (least, most) = ((longest / 90.0).max(8.0), longest / 22.0);
    let mut squares: Vec<Square> = patches(grey).into_iter().filter_map(|patch| patch.square()).collect();
    squares.retain(|square| square.side >= least && square.side <= most);
    squares.sort_by(|a, b| b.side.total_cmp(&a.side));
    squares.truncate(MOST_SQUARES);
    squares
}

/// Sums over the points of a patch, of which place and shape follow.
#[derive(Debug, Clone, Copy, Default)]
struct Patch {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Patch {
    /// A run of points in one line.
    fn run(from: usize, to: usize, y: usize) -> Patch {
        let (a, b, y) = (from as f64, to as f64, y as f64);
        let n = b - a;
        let x = n * (a + b - 1.0) / 2.0;
        // The sum of squares from a to b - 1.
        let squares = |k: f64| k * (k + 1.0) * (2.0 * k + 1.0) / 6.0;
        Patch { n, x, y: n * y, xx: squares(b - 1.0) - squares(a - 1.0), yy: n * y * y, xy: x * y }
    }

    fn add(&mut self, other: Patch) {
        self.n += other.n;
        self.x += other.x;
        self.y += other.y;
        self.xx += other.xx;
        self.yy += other.yy;
        self.xy += other.xy;
    }

    /// The square that it is, if it is one: of a full square with side s both moments are s²/12, whichever way it is turned.
    fn square(&self) -> Option<Square> {
        if self.n < 64.0 {
            return None;
        }
        let (x, y) = (self.x / self.n, self.y / self.n);
        let (xx, yy, xy) = (self.xx / self.n - x * x, self.yy / self.n - y * y, self.xy / self.n - x * y);
        let (mean, spread) = ((xx + yy) / 2.0, (((xx - yy) / 2.0).powi(2) + xy * xy).sqrt());
        let (long, short) = (mean + spread, (mean - spread).max(1e-6));
        let full = self.n / (12.0 * (long * short).sqrt());
        let is_square = (0.86..1.12).contains(&full) && long / short < 2.0;
        is_square.then(|| Square { centre: (x as f32 + 0.5, y as f32 + 0.5), side: self.n.sqrt() as f32 })
    }
}

/// Dark patches whose points touch, line by line.
fn patches(grey: &Grey) -> Vec<Patch> {
    let paper = Paper::of(grey);
    let mut patches: Vec<Patch> = Vec::new();
    let mut joined: Vec<usize> = Vec::new();
    let mut above: Vec<(usize, usize, usize)> = Vec::new();
    for y in 0..grey.height() {
        let mut here = Vec::new();
        let mut next = 0;
        for (from, to) in paper.runs(grey, y) {
            if patches.len() >= MOST_PATCHES {
                return roots(&patches, &mut joined);
            }
            let mut own = None;
            while next < above.len() && above[next].1 <= from {
                next += 1;
            }
            for (_, _, patch) in above[next..].iter().take_while(|run| run.0 < to) {
                let root = root(&mut joined, *patch);
                match own {
                    None => own = Some(root),
                    Some(own) if own != root => joined[root] = own,
                    Some(_) => {}
                }
            }
            let own = own.unwrap_or_else(|| {
                patches.push(Patch::default());
                joined.push(joined.len());
                joined.len() - 1
            });
            patches[own].add(Patch::run(from, to, y));
            here.push((from, to, own));
        }
        above = here;
    }
    roots(&patches, &mut joined)
}

fn root(joined: &mut [usize], mut at: usize) -> usize {
    while joined[at] != at {
        joined[at] = joined[joined[at]];
        at = joined[at];
    }
    at
}

fn roots(patches: &[Patch], joined: &mut [usize]) -> Vec<Patch> {
    let mut whole = vec![Patch::default(); patches.len()];
    for (at, patch) in patches.iter().enumerate() {
        whole[root(joined, at)].add(*patch);
    }
    whole.into_iter().filter(|patch| patch.n > 0.0).collect()
}

/// How light the paper is, block by block: shadows and the light of a lamp change it over the sheet.
struct Paper {
    side: usize,
    across: usize,
    levels: Vec<u8>,
}

impl Paper {
    fn of(grey: &Grey) -> Paper {
        let side = (grey.width().max(grey.height()) / 60).max(8);
        let (across, down) = (grey.width().div_ceil(side), grey.height().div_ceil(side));
        let block = |at: usize| {
            let (left, top) = (at % across * side, at / across * side);
            let mut counts = [0u32; 256];
            for y in top..(top + side).min(grey.height()) {
                grey.row(y)[left..(left + side).min(grey.width())].iter().for_each(|sample| counts[usize::from(*sample)] += 1);
            }
            lightest_tenth(&counts)
        };
        let own: Vec<u8> = (0..across * down).map(block).collect();
        // A block within a square is dark as a whole: the lightest around it tells how light the paper is.
        let around = |at: usize| {
            let (x, y) = (at % across, at / across);
            let rows = y.saturating_sub(2)..(y + 3).min(down);
            rows.flat_map(|y| own[y * across + x.saturating_sub(2)..y * across + (x + 3).min(across)].iter().copied()).max().unwrap_or(255)
        };
        Paper { side, across, levels: (0..across * down).map(around).collect() }
    }

    /// Runs of dark points in a line: from, and behind its end.
    fn runs(&self, grey: &Grey, y: usize) -> Vec<(usize, usize)> {
        let levels = &self.levels[y / self.side * self.across..][..self.across];
        let mut runs = Vec::new();
        let mut from = None;
        for (x, sample) in grey.row(y).iter().enumerate() {
            let is_dark = u32::from(*sample) * 100 < u32::from(levels[x / self.side]) * (100 - DARK_PERCENT);
            match (is_dark, from) {
                (true, None) => from = Some(x),
                (false, Some(start)) => {
                    runs.push((start, x));
                    from = None;
                }
                _ => {}
            }
        }
        runs.extend(from.map(|start| (start, grey.width())));
        runs
    }
}

/// The level that nine tenths do not exceed.
fn lightest_tenth(counts: &[u32; 256]) -> u8 {
    let mut left = counts.iter().sum::<u32>() / 10;
    for (level, n) in counts.iter().enumerate().rev() {
        if *n > left {
            return u8::try_from(level).unwrap_or(u8::MAX);
        }
        left -= n;
    }
    0
}
