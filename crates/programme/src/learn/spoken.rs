//! How long a text takes when it is read aloud.
//!
//! ```text
//! seconds("Thưa bà con, mã OTP là của mình.")   → 4
//! ```

/// Syllables a second of somebody who reads slowly over a loudspeaker. Measured, not looked up: espeak-ng 1.51 with the voice
/// `vi` at [`WORDS_PER_MINUTE`] reads twelve of the shipped broadcasts (2,246 syllables in 687 s) at 3.27.
pub const SYLLABLES_PER_S: f64 = 3.3;

/// The pace that espeak-ng is asked for, in its own unit, so that what it reads takes as long as is said.
pub const WORDS_PER_MINUTE: u32 = 150;

/// Syllables as they are spoken: a Vietnamese word is one, a figure and a capital of an abbreviation are one each.
pub fn syllables(text: &str) -> usize {
    let spoken = |word: &str| {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        let digits = word.chars().filter(char::is_ascii_digit).count();
        match letters().count() {
            0 => digits,
            n if n > 1 && letters().all(char::is_uppercase) => n + digits,
            _ => 1 + digits,
        }
    };
    text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '–')).map(spoken).sum()
}

/// Seconds that a text takes, rounded up.
pub fn seconds(text: &str) -> u32 {
    (syllables(text) as f64 / SYLLABLES_PER_S).ceil() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_abbreviations_are_spoken_sign_by_sign() {
        for (text, n) in [("Thưa bà con,", 3), ("gọi 113.", 4), ("mã OTP", 4), ("ngày 20/12", 5), ("57-CT/TW", 6), ("– ", 0)] {
            assert_eq!(syllables(text), n, "{text}");
        }
        assert_eq!(seconds("Thưa bà con, mã OTP là của mình."), 4);
    }

    #[test]
    fn a_broadcast_takes_between_half_a_minute_and_three_minutes() {
        for lesson in crate::learn::builtin() {
            let took = seconds(&lesson.spoken);
            assert!((30..=180).contains(&took), "{}: {took} s", lesson.id);
        }
    }
}
