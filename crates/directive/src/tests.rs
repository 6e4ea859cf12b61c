//! Whole letters in, what was read out.

mod letters;
mod rules;

use super::read;
use text::Doc;

#[test]
fn nothing_is_no_letter() {
    let reading = read(&Doc::default());
    assert_eq!(reading.problems.iter().map(|problem| problem.code()).collect::<Vec<_>>(), ["letter.no_letterhead"]);
}
