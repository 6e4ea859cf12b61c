//! A form is taken once: the same page sent again (a second click, a step back) changes nothing more.
//!
//! Every form carries a number drawn when its page was made. The number is held while the request runs and stays used
//! when it succeeded; a form that was refused may be put right and sent again. Not for guarding: that is the token's work.
//!
//! A browser shows the answer to the last click. Where the first one made a page that is shown this one time (codes, a
//! result), the second waits for it and shows the same.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::room::Place;

/// So many numbers are remembered; older pages are long gone.
const MOST: usize = 10_000;
/// So many pages are kept for a second click, and for so long: a class that hands in together.
const MOST_PAGES: usize = 200;
const PAGE_KEPT: Duration = Duration::from_secs(60);
/// Longest page that is kept, in bytes.
const LONGEST_PAGE: usize = 128 << 10;
/// A second click waits at most so long for the first, and looks so often.
const WAIT: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(25);

/// The numbers that were used, by all visitors.
#[derive(Debug, Clone, Default)]
pub(crate) struct Once {
    used: Arc<Mutex<VecDeque<Used>>>,
    pages: Arc<Mutex<VecDeque<Kept>>>,
}

#[derive(Debug)]
struct Used {
    number: String,
    /// Stands for what the form said.
    said: String,
    runs: bool,
    /// Its answer is shown this one time, and what else the form may say is another message.
    only_here: bool,
}

/// A mark on an answer: this page is shown this one time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OnlyHere;

/// Such a page, for the browser that sent the form and nobody else.
#[derive(Debug, Clone)]
struct Kept {
    number: String,
    bound: String,
    until: Instant,
    headers: HeaderMap,
    body: Bytes,
}

/// What a request holds of its form, from the form to the answer: the number, or that it was used before; what was typed; its
/// room.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held {
    number: Arc<Mutex<Option<String>>>,
    again: Arc<Mutex<Option<String>>>,
    typed: Arc<Mutex<Option<Typed>>>,
    place: Arc<Mutex<Option<Place>>>,
}

/// A form that came to nothing through no fault of its own: what is needed to send it again from the page that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
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
        if let (false, Ok(mut typed)) = (secret, self.typed.lock()) {
            *typed = Some(Typed { path: path.to_owned(), fields: fields.to_vec(), files });
        }
    }

    /// Keeps the room that a body takes until the answer is made.
    pub(crate) fn hold(&self, taken: &Place) {
        if let Ok(mut place) = self.place.lock() {
            *place = Some(taken.clone());
        }
    }

    /// What was typed, once.
    pub(crate) fn typed(&self) -> Option<Typed> {
        self.typed.lock().ok().and_then(|mut typed| typed.take())
    }

    /// The number of the form, where it was used before.
    pub(crate) fn again(&self) -> Option<String> {
        self.again.lock().ok().and_then(|mut again| again.take())
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
        app::programme::hex::hex(&bytes)
    }

    /// Takes the number of a form; false when it was used before or another request holds it. `said` stands for its words:
    /// whoever went back after a page that is shown this one time and wrote something else sends something else.
    pub(crate) fn take(&self, number: &str, said: String, held: &Held) -> bool {
        if number.is_empty() || number.len() > 64 {
            return true;
        }
        let (Ok(mut used), Ok(mut holds)) = (self.used.lock(), held.number.lock()) else { return true };
        used.retain(|known| known.number != number || known.runs || !known.only_here || known.said == said);
        if used.iter().any(|known| known.number == number) {
            if let Ok(mut again) = held.again.lock() {
                *again = Some(number.to_owned());
            }
            return false;
        }
        used.push_back(Used { number: number.to_owned(), said, runs: true, only_here: false });
        if used.len() > MOST {
            used.pop_front();
        }
        *holds = Some(number.to_owned());
        true
    }

    /// Keeps the number of a form that did its work, and gives it back when the request came to nothing. A page that is shown
    /// this one time is kept for a second click of the same browser.
    pub(crate) async fn finish(&self, held: &Held, bound: &str, response: Response) -> Response {
        let Some(number) = held.number.lock().ok().and_then(|mut holds| holds.take()) else { return response };
        let only_here = response.extensions().get::<OnlyHere>().is_some();
        let succeeded = response.status().is_redirection() || only_here;
        let response = if only_here { self.keep(&number, bound, response).await } else { response };
        if let Ok(mut used) = self.used.lock() {
            for known in used.iter_mut().filter(|known| known.number == number) {
                (known.runs, known.only_here) = (false, only_here);
            }
            used.retain(|known| succeeded || known.number != number);
        }
        response
    }

    async fn keep(&self, number: &str, bound: &str, response: Response) -> Response {
        let (parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, LONGEST_PAGE).await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let until = Instant::now() + PAGE_KEPT;
        let kept = Kept { number: number.to_owned(), bound: bound.to_owned(), until, headers: parts.headers.clone(), body: body.clone() };
        if let Ok(mut pages) = self.pages.lock() {
            pages.retain(|page| page.until > Instant::now() && page.number != number);
            pages.push_back(kept);
            if pages.len() > MOST_PAGES {
                pages.pop_front();
            }
        }
        Response::from_parts(parts, Body::from(body))
    }

    /// The page that the first sending of a form made, once it is done; `None` where it made none that is kept.
    pub(crate) async fn page(&self, number: &str, bound: &str) -> Option<Response> {
        let from = Instant::now();
        let runs = || self.used.lock().is_ok_and(|used| used.iter().any(|known| known.number == number && known.runs));
        while runs() && from.elapsed() < WAIT {
            tokio::time::sleep(LOOK).await;
        }
        let pages = self.pages.lock().ok()?;
        let is_it = |page: &&Kept| page.number == number && page.bound == bound && page.until > Instant::now();
        pages.iter().find(is_it).map(|page| (page.headers.clone(), page.body.clone()).into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ends(once: &Once, held: &Held, status: StatusCode) {
        once.finish(held, "me", status.into_response()).await;
    }

    #[tokio::test]
    async fn a_form_counts_once_unless_it_was_refused() {
        let once = Once::default();
        let (first, second) = (Held::default(), Held::default());
        let take = |number: &str, held: &Held| once.take(number, String::new(), held);
        assert!(take("a", &first));
        assert!(!take("a", &second), "a second click while the first one runs");
        ends(&once, &first, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert!(take("a", &second), "put right and sent again");
        ends(&once, &second, StatusCode::SEE_OTHER).await;
        let third = Held::default();
        assert!(!take("a", &third));
        assert_eq!(third.again().as_deref(), Some("a"));
        assert!(once.page("a", "me").await.is_none(), "nothing that is shown this one time");
        assert!(take("", &first) && take("", &first), "a form without a number");
        assert_ne!(Once::draw(), Once::draw());
    }

    #[tokio::test]
    async fn a_second_click_waits_for_the_page_of_the_first_and_nobody_else_gets_it() {
        let once = Once::default();
        let (first, second) = (Held::default(), Held::default());
        let take = |said: &str, held: &Held| once.take("a", said.to_owned(), held);
        assert!(take("một", &first) && !take("hai", &second), "whatever it says while the first one runs");
        let work = async {
            tokio::time::sleep(4 * LOOK).await;
            once.finish(&first, "me", (axum::Extension(OnlyHere), "ma-so").into_response()).await
        };
        let (own, again) = tokio::join!(work, once.page("a", "me"));
        for response in [own, again.unwrap()] {
            assert_eq!(&to_bytes(response.into_body(), 99).await.unwrap()[..], b"ma-so");
        }
        assert!(once.page("a", "another").await.is_none());
        assert!(!take("một", &Held::default()) && take("hai", &Held::default()), "another message from the same page");
    }
}
