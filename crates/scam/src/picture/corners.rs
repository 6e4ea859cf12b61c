//! How many corners of codes a picture has, by the same signs as the search goes by: a ring that hangs together, and a stone
//! within it that does not hang on the ring, seen from the left as one to one to three to one to one.
//!
//! Only counted, in time that grows with the points of the picture: what the search does with corners grows far faster.

use std::collections::HashSet;

/// Black points side by side in one row.
struct Run {
    start: usize,
    end: usize,
}

/// Regions of black points that hang together.
#[derive(Default)]
struct Regions {
    parent: Vec<usize>,
    points: Vec<usize>,
}

impl Regions {
    fn add(&mut self, points: usize) -> usize {
        self.parent.push(self.parent.len());
        self.points.push(points);
        self.parent.len() - 1
    }

    fn of(&mut self, mut run: usize) -> usize {
        while self.parent[run] != run {
            self.parent[run] = self.parent[self.parent[run]];
            run = self.parent[run];
        }
        run
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        if a != b {
            let (small, large) = if self.points[a] < self.points[b] { (a, b) } else { (b, a) };
            self.parent[small] = large;
            self.points[large] += self.points[small];
        }
    }
}

/// Rings with a stone in them.
pub(super) fn count(width: usize, height: usize, is_black: &dyn Fn(usize, usize) -> bool) -> usize {
    let mut regions = Regions::default();
    let mut runs: Vec<Run> = Vec::new();
    let mut rows = vec![0];
    for y in 0..height {
        let (above, here) = (rows[y.saturating_sub(1)]..rows[y], runs.len());
        add_row(width, y, is_black, &mut runs, &mut regions);
        touch(&runs, above, here..runs.len(), &mut regions);
        rows.push(runs.len());
    }
    let mut rings = HashSet::new();
    for row in rows.windows(2) {
        for at in row[0]..row[1].saturating_sub(2) {
            if !fits(&runs[at..at + 3]) {
                continue;
            }
            let [left, stone, right] = [at, at + 1, at + 2].map(|run| regions.of(run));
            let share = regions.points[stone] * 100 / regions.points[right].max(1);
            if left == right && stone != right && (11..70).contains(&share) {
                rings.insert(right);
            }
        }
    }
    rings.len()
}

fn add_row(width: usize, y: usize, is_black: &dyn Fn(usize, usize) -> bool, runs: &mut Vec<Run>, regions: &mut Regions) {
    let mut start = None;
    for x in 0..=width {
        match (start, x < width && is_black(x, y)) {
            (None, true) => start = Some(x),
            (Some(from), false) => {
                runs.push(Run { start: from, end: x });
                regions.add(x - from);
                start = None;
            }
            _ => {}
        }
    }
}

/// Joins what touches from one row to the next.
fn touch(runs: &[Run], above: std::ops::Range<usize>, here: std::ops::Range<usize>, regions: &mut Regions) {
    let mut upper = above.start;
    for lower in here {
        while upper < above.end && runs[upper].end <= runs[lower].start {
            upper += 1;
        }
        let mut at = upper;
        while at < above.end && runs[at].start < runs[lower].end {
            regions.join(at, lower);
            at += 1;
        }
    }
}

/// Three runs of black with what lies between: one to one to three to one to one, give or take three quarters of one.
fn fits(runs: &[Run]) -> bool {
    let [left, stone, right] = runs else { return false };
    let widths = [left.end - left.start, stone.start - left.end, stone.end - stone.start, right.start - stone.end, right.end - right.start];
    let one = (widths[0] + widths[1] + widths[3] + widths[4]) / 4;
    let slack = one * 3 / 4;
    widths.iter().zip([1, 1, 3, 1, 1]).all(|(width, ones)| (ones * one - slack..=ones * one + slack).contains(width))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(picture: &[&str]) -> usize {
        count(picture[0].len(), picture.len(), &|x, y| picture[y].as_bytes()[x] == b'#')
    }

    #[test]
    fn a_ring_with_a_stone_is_a_corner_and_nothing_else_is() {
        let corner = ["#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######"];
        assert_eq!(counted(&corner), 1);
        let two: Vec<String> = corner.iter().map(|row| format!("{row} {row}")).collect();
        assert_eq!(counted(&two.iter().map(String::as_str).collect::<Vec<_>>()), 2);
        assert_eq!(
            counted(&["#######", "#     #", "# #####", "# ### #", "# ### #", "#     #", "#######"]),
            0,
            "the stone hangs on the ring"
        );
        assert_eq!(counted(&["### ###", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "### ###"]), 0, "two halves");
        assert_eq!(counted(&["       "]), 0);
    }
}
