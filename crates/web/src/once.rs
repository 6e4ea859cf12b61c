//! A form is taken once: the same page sent again (a second click, a step back) changes nothing more.
//!
//! Every form carries a number drawn when its page was made. The number is held while the request runs and stays used
//! when it succeeded; a form that was refused may be put right and sent again. Not for guarding: that is the token's work.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use crate::room::Place;

/// So many numbers are remembered; older pages are long gone.
const MOST: usize = 10_000;

/// The numbers that were used, by all visitors.
#[derive(Debug, Clone, Default)]
pub(crate) struct Once {
    used: Arc<Mutex<VecDeque<String>>>,
}

/// What a request holds of its form, from the form to the answer: the number, what was typed, and its room.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held {
    number: Arc<Mutex<Option<String>>>,
    kept: Arc<Mutex<Option<Kept>>>,
    place: Arc<Mutex<Option<Place>>>,
}

/// A form that came to nothing through no fault of its own: what is needed to send it again from the page that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) path: String,
    pub(crate) fields: Vec<(String, String)>,
    /// Names of the files that came with it: a page cannot give them back, they have to be chosen again.
    pub(crate) files: Option<Vec<String>>,
}

/// Fields that never stand on a page again; a form that has one is not kept.
const SECRETS: &[&str] = &["password", "again", "old", "passphrase", "code", "half"];

impl Held {
    /// Keeps what was typed until the answer is made.
    pub(crate) fn keep(&self, path: &str, fields: &[(String, String)], files: Option<Vec<String>>) {
        let secret = fields.iter().any(|(name, _)| SECRETS.contains(&name.as_str()));
        if let (false, Ok(mut kept)) = (secret, self.kept.lock()) {
            *kept = Some(Kept { path: path.to_owned(), fields: fields.to_vec(), files });
        }
    }

    /// Keeps the room that a body takes until the answer is made.
    pub(crate) fn hold(&self, taken: &Place) {
        if let Ok(mut place) = self.place.lock() {
            *place = Some(taken.clone());
        }
    }

    /// What was typed, once.
    pub(crate) fn kept(&self) -> Option<Kept> {
        self.kept.lock().ok().and_then(|mut kept| kept.take())
    }
}

impl Once {
    /// A fresh number for one form.
    pub(crate) fn draw() -> String {
        let mut bytes = [0; 12];
        // Without randomness the form carries none and is taken as often as it comes.
        if getrandom::fill(&mut bytes).is_err() {
            return String::new();
        }
        app::programme::chain::hex(&bytes)
    }

    /// Takes the number of a form; false when it was used before or another request holds it.
    pub(crate) fn take(&self, number: &str, held: &Held) -> bool {
        if number.is_empty() || number.len() > 64 {
            return true;
        }
        let (Ok(mut used), Ok(mut holds)) = (self.used.lock(), held.number.lock()) else { return true };
        if used.iter().any(|known| known == number) {
            return false;
        }
        used.push_back(number.to_owned());
        if used.len() > MOST {
            used.pop_front();
        }
        *holds = Some(number.to_owned());
        true
    }

    /// Gives the number back when the request came to nothing.
    pub(crate) fn finish(&self, held: &Held, succeeded: bool) {
        let number = held.number.lock().ok().and_then(|mut holds| holds.take());
        if let (Some(number), false, Ok(mut used)) = (number, succeeded, self.used.lock()) {
            used.retain(|known| *known != number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_counts_once_unless_it_was_refused() {
        let once = Once::default();
        let (first, second) = (Held::default(), Held::default());
        assert!(once.take("a", &first));
        assert!(!once.take("a", &second), "a second click while the first one runs");
        once.finish(&first, false);
        assert!(once.take("a", &second), "put right and sent again");
        once.finish(&second, true);
        assert!(!once.take("a", &Held::default()));
        assert!(once.take("", &first) && once.take("", &first), "a form without a number");
        assert_ne!(Once::draw(), Once::draw());
    }
}
