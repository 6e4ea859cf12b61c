//! From millimetres on the sheet to points of the picture: the plane seen from somewhere (a homography), by four places.

use super::Point;

/// How the sheet lies in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    h: [f64; 8],
    /// Points a millimetre, on the average.
    scale: f32,
}

impl Frame {
    /// `None` where the four places do not span a plane.
    pub(super) fn of(sheet: [Point; 4], picture: [Point; 4]) -> Option<Frame> {
        let mut rows: Vec<[f64; 9]> = Vec::with_capacity(8);
        for ((x, y), (u, v)) in sheet.into_iter().zip(picture) {
            let [x, y, u, v] = [x, y, u, v].map(f64::from);
            rows.push([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u]);
            rows.push([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v]);
        }
        let h = solved(rows)?;
        let (there, here) = (area(&picture), area(&sheet));
        (here > 0.0 && there > 0.0).then(|| Frame { h, scale: (there / here).sqrt() })
    }

    /// Where a place of the sheet lies in the picture.
    pub(super) fn map(&self, (x, y): Point) -> Point {
        let (x, y, h) = (f64::from(x), f64::from(y), &self.h);
        let w = h[6] * x + h[7] * y + 1.0;
        let w = if w.abs() < 1e-9 { 1e-9 } else { w };
        (((h[0] * x + h[1] * y + h[2]) / w) as f32, ((h[3] * x + h[4] * y + h[5]) / w) as f32)
    }

    pub(super) fn scale(&self) -> f32 {
        self.scale
    }
}

/// Twice the area of a quadrangle; below 0 where it turns the other way.
fn area(quad: &[Point; 4]) -> f32 {
    (0..4).map(|at| cross(quad[at], quad[(at + 1) % 4])).sum()
}

fn cross(a: Point, b: Point) -> f32 {
    a.0 * b.1 - b.0 * a.1
}

/// Eight equations with eight unknowns, by elimination with the largest pivot.
fn solved(mut rows: Vec<[f64; 9]>) -> Option<[f64; 8]> {
    for column in 0..8 {
        let pivot = (column..8).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        if rows[pivot][column].abs() < 1e-9 {
            return None;
        }
        rows.swap(column, pivot);
        let of_pivot = rows[column];
        for (at, row) in rows.iter_mut().enumerate() {
            if at != column {
                let factor = row[column] / of_pivot[column];
                row.iter_mut().zip(of_pivot).for_each(|(value, pivot)| *value -= factor * pivot);
            }
        }
    }
    Some(std::array::from_fn(|at| rows[at][8] / rows[at][at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_come_where_they_were_seen_and_what_is_between_lies_between() {
        let sheet = [(0.0, 0.0), (100.0, 0.0), (100.0, 200.0), (0.0, 200.0)];
        let seen = [(10.0, 20.0), (410.0, 60.0), (380.0, 800.0), (30.0, 780.0)];
        let frame = Frame::of(sheet, seen).unwrap();
        for (at, there) in sheet.into_iter().zip(seen) {
            let (x, y) = frame.map(at);
            assert!((x - there.0).abs() < 0.01 && (y - there.1).abs() < 0.01, "{x} {y}");
        }
        let (x, y) = frame.map((50.0, 100.0));
        assert!((150.0..260.0).contains(&x) && (350.0..480.0).contains(&y), "{x} {y}");
        assert_eq!(Frame::of(sheet, [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]), None);
        assert_eq!(Frame::of(sheet, [seen[3], seen[2], seen[1], seen[0]]), None, "mirrored");
    }
}
