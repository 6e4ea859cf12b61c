//! Counts in forms, as people write them: `1200`, `1.200` or `1 200`.
//!
//! A dot stands between thousands and nowhere else: "1.5" is no count, and least of all fifteen.

/// Nobody counts more in one office.
const MOST: u32 = 10_000_000;

/// A count; `None`: none, or more than there can be.
pub(crate) fn read(text: &str) -> Option<u32> {
    let groups: Vec<&str> = text.trim().split(['.', ' ', '\u{a0}']).collect();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let (first, thousands) = groups.split_first()?;
    let fits =
        digits(first) && thousands.iter().all(|group| group.len() == 3 && digits(group)) && (thousands.is_empty() || first.len() <= 3);
    fits.then(|| groups.concat().parse().ok())?.filter(|n| *n <= MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_people_write_them() {
        for (text, n) in [("0", 0), ("12", 12), (" 1200 ", 1200), ("1.200", 1200), ("1 200", 1200), ("1.234.567", 1_234_567)] {
            assert_eq!(read(text), Some(n), "{text}");
        }
        for text in ["", "1.5", "8.0", "1.20", "1.2000", "1200.500", ".5", "-3", "+3", "1,5", "mười", "2147483648", "10.000.001"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
