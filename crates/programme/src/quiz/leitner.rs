//! Spaced repetition after Leitner: five boxes; what was known comes back later and later, what was not comes back tomorrow.
//!
//! ```text
//! after(None, true, today)               →  box 2, due in 3 days
//! after(Some(box 4), false, today)       →  box 1, due tomorrow
//! ```

use jiff::civil::Date;

/// Days until a card of box 1 to 5 comes back.
pub const DAYS: [i64; 5] = [1, 3, 7, 21, 60];

/// One question of one learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// From 1 to 5.
    pub box_number: u8,
    pub due: Date,
}

/// Where a card goes after it was answered today; a question that was never asked lies in box 1.
pub fn after(card: Option<Card>, right: bool, today: Date) -> Card {
    let most = DAYS.len() as u8;
    let now = card.map_or(1, |card| card.box_number.clamp(1, most));
    let next = if right { (now + 1).min(most) } else { 1 };
    let days = DAYS[usize::from(next) - 1];
    Card { box_number: next, due: today.checked_add(jiff::Span::new().days(days)).unwrap_or(Date::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_comes_back_later_and_later_and_unknown_tomorrow() {
        let today: Date = "2026-11-27".parse().unwrap();
        let mut card = None;
        let mut told = Vec::new();
        for right in [true, true, true, true, true, false, true] {
            let next = after(card, right, today);
            told.push(format!("{} {}", next.box_number, next.due));
            card = Some(next);
        }
        assert_eq!(told, ["2 2026-11-30", "3 2026-12-04", "4 2026-12-18", "5 2027-01-26", "5 2027-01-26", "1 2026-11-28", "2 2026-11-30"]);
        let damaged = Card { box_number: 0, due: today };
        assert_eq!(after(Some(damaged), false, today).box_number, 1);
        assert_eq!(after(Some(Card { box_number: 99, ..damaged }), true, today).box_number, 5);
        assert_eq!(after(None, true, Date::MAX).due, Date::MAX);
    }
}
