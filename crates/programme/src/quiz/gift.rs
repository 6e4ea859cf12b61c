//! GIFT, the text form of questions that Moodle and many other programs read and write.
//!
//! Taken are choices with one right answer, with several, and true or false; with `::title::`, `// comments`, `$CATEGORY:`,
//! weights, feedback and general feedback. What the bank cannot hold (essays, matching, numbers, short answers, answers that
//! are partly right, marked-up text) is refused with the number of its line, never changed in silence.
//! Source: <https://docs.moodle.org/en/GIFT_format>.
//!
//! ```text
//! $CATEGORY: passwords/member
//!
//! ::Chia sẻ:: Có nên đưa mật khẩu cho đồng nghiệp không? {
//!     =Không, dù là người quen.#Đúng vậy.
//!     ~Có, khi mình nghỉ phép.
//!     ####Ai giữ mật khẩu thì người ấy chịu trách nhiệm.
//! }
//! ```

use super::{Answer, Kind, MOST_IMPORTED, Question, Wrong};
use crate::learn::Reader;
use std::fmt::Write as _;

/// Bytes of a file.
pub const MOST_BYTES: usize = 4 << 20;
/// Problems that are told of one file.
pub const MOST_PROBLEMS: usize = 50;
/// The topic of questions that stand under no category.
pub const NO_TOPIC: &str = "khac";

/// A question that is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// Line of the text, or row of the sheet, from 1.
    pub line: usize,
    /// One of [`CODES`], or a [`Wrong`].
    pub code: &'static str,
}

/// The codes of problems, beside those of [`Wrong`].
pub const CODES: &[&str] = &[
    "too_large",
    "too_many",
    "nothing",
    "unclosed",
    "two_blocks",
    "stray",
    "no_answers",
    "essay",
    "number",
    "matching",
    "short_answer",
    "markup",
    "weights",
    "partly_right",
    "title",
];

/// One sign of a question; bare: no backslash stood before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sign {
    c: char,
    bare: bool,
}

/// Reads a file.
///
/// # Errors
/// Every question that cannot be taken, in order, up to [`MOST_PROBLEMS`]: then none is.
pub fn parse(text: &str) -> Result<Vec<Question>, Vec<Problem>> {
    if text.len() > MOST_BYTES {
        return Err(vec![Problem { line: 1, code: "too_large" }]);
    }
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let (mut topic, mut reader) = (NO_TOPIC.to_owned(), None);
    let (mut questions, mut problems) = (Vec::new(), Vec::new());
    for (line, block) in blocks(&text) {
        let mut rest = block;
        while let Some(category) = rest.trim_start().strip_prefix("$CATEGORY:") {
            let (named, after) = category.split_once('\n').unwrap_or((category, ""));
            (topic, reader) = category_of(named);
            rest = after.to_owned();
        }
        if rest.trim().is_empty() {
            continue;
        }
        let read = question(&rest, &topic, reader).and_then(|read| read.check().map(|()| read).map_err(Wrong::as_str));
        match read {
            Ok(_) if questions.len() >= MOST_IMPORTED => {
                problems.push(Problem { line, code: "too_many" });
                break;
            }
            Ok(question) => questions.push(question),
            Err(code) => problems.push(Problem { line, code }),
        }
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
    }
    if questions.is_empty() && problems.is_empty() {
        problems.push(Problem { line: 1, code: "nothing" });
    }
    if problems.is_empty() { Ok(questions) } else { Err(problems) }
}

/// Runs of lines between blank ones, without comments, each with the line it begins at.
fn blocks(text: &str) -> Vec<(usize, String)> {
    let mut blocks: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (at, line) in text.split('\n').enumerate() {
        if line.trim().is_empty() {
            open = false;
        } else if line.trim_start().starts_with("//") {
            // A comment parts nothing.
        } else if let (true, Some((_, block))) = (open, blocks.last_mut()) {
            block.push('\n');
            block.push_str(line);
        } else {
            blocks.push((at + 1, line.to_owned()));
            open = true;
        }
    }
    blocks
}

/// Topic and reader of a category: `passwords/member`, `$course$/top/passwords`.
fn category_of(named: &str) -> (String, Option<Reader>) {
    let parts: Vec<&str> = named.split('/').map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [.., topic, last] if Reader::of(last).is_some() => ((*topic).to_owned(), Reader::of(last)),
        [.., last] => ((*last).to_owned(), None),
        [] => (NO_TOPIC.to_owned(), None),
    }
}

fn signs(text: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = chars.peek().copied().filter(|_| c == '\\');
        match escaped {
            Some(next @ ('~' | '=' | '#' | '{' | '}' | ':' | '\\' | '%')) => {
                chars.next();
                signs.push(Sign { c: next, bare: false });
            }
            Some('n') => {
                chars.next();
                signs.push(Sign { c: '\n', bare: false });
            }
            // A line that goes on is one line.
            _ if c == '\n' => signs.push(Sign { c: ' ', bare: true }),
            _ => signs.push(Sign { c, bare: c != '\\' }),
        }
    }
    signs
}

fn is(sign: &Sign, c: char) -> bool {
    sign.bare && sign.c == c
}

fn plain(signs: &[Sign]) -> String {
    signs.iter().map(|sign| sign.c).collect::<String>().trim().to_owned()
}

/// The place of the first run of these bare signs.
fn find(signs: &[Sign], wanted: &str) -> Option<usize> {
    let wanted: Vec<char> = wanted.chars().collect();
    signs.windows(wanted.len()).position(|window| window.iter().zip(&wanted).all(|(sign, c)| is(sign, *c)))
}

fn question(block: &str, topic: &str, reader: Option<Reader>) -> Result<Question, &'static str> {
    let all = signs(block.trim());
    let (title, rest) = titled(&all)?;
    let from = rest.iter().position(|sign| is(sign, '{')).ok_or("no_answers")?;
    let to = rest.iter().position(|sign| is(sign, '}')).filter(|to| *to > from).ok_or("unclosed")?;
    let (before, inside, after) = (&rest[..from], &rest[from + 1..to], &rest[to + 1..]);
    if after.iter().any(|sign| is(sign, '{') || is(sign, '}')) || inside.iter().any(|sign| is(sign, '{')) {
        return Err("two_blocks");
    }
    let mut text = plain(formatted(before)?);
    let tail = plain(after);
    if !tail.is_empty() {
        // The answer stands in the middle of the sentence: it is left out there.
        text = format!("{text} _____ {tail}").trim().to_owned();
    }
    let (answers_part, why) = match find(inside, "####") {
        Some(at) => (&inside[..at], Some(plain(&inside[at + 4..])).filter(|why| !why.is_empty())),
        None => (inside, None),
    };
    let (kind, answers) = answers(answers_part)?;
    Ok(Question { title, topic: topic.to_owned(), reader, kind, text, answers, why })
}

fn titled(all: &[Sign]) -> Result<(Option<String>, &[Sign]), &'static str> {
    if find(all, "::") != Some(0) {
        return Ok((None, all));
    }
    let end = find(&all[2..], "::").ok_or("title")?;
    Ok((Some(plain(&all[2..2 + end])).filter(|title| !title.is_empty()), &all[2 + end + 2..]))
}

/// Text without the mark of its form; text with markup is not taken, because it would be shown with its signs.
fn formatted(signs: &[Sign]) -> Result<&[Sign], &'static str> {
    let start = signs.iter().position(|sign| !sign.c.is_whitespace()).unwrap_or(signs.len());
    let signs = &signs[start..];
    for (mark, taken) in [("[plain]", true), ("[moodle]", true), ("[html]", false), ("[markdown]", false)] {
        if find(signs, mark) == Some(0) {
            return if taken { Ok(&signs[mark.len()..]) } else { Err("markup") };
        }
    }
    Ok(signs)
}

fn answers(part: &[Sign]) -> Result<(Kind, Vec<Answer>), &'static str> {
    let start = part.iter().position(|sign| !sign.c.is_whitespace());
    let Some(first) = start.map(|start| part[start]) else { return Err("essay") };
    match first {
        sign if is(&sign, '#') => Err("number"),
        sign if is(&sign, '=') || is(&sign, '~') => choices(&part[start.unwrap_or_default()..]),
        _ => true_false(part),
    }
}

fn true_false(part: &[Sign]) -> Result<(Kind, Vec<Answer>), &'static str> {
    let pieces: Vec<&[Sign]> = part.split(|sign| is(sign, '#')).collect();
    let truth = match plain(pieces[0]).to_uppercase().as_str() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return Err("stray"),
    };
    if pieces.len() > 3 || pieces.iter().any(|piece| piece.iter().any(|sign| is(sign, '=') || is(sign, '~'))) {
        return Err("stray");
    }
    // First what whoever is wrong is told, then whoever is right.
    let said = |at: usize| pieces.get(at).map(|piece| plain(piece)).filter(|text| !text.is_empty());
    let answer = |says: bool| Answer { text: String::new(), right: says == truth, feedback: said(if says == truth { 2 } else { 1 }) };
    Ok((Kind::TrueFalse, vec![answer(true), answer(false)]))
}

fn choices(part: &[Sign]) -> Result<(Kind, Vec<Answer>), &'static str> {
    let starts: Vec<usize> = part.iter().enumerate().filter(|(_, sign)| is(sign, '=') || is(sign, '~')).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([part.len()]);
    let (mut weighted, mut pairs) = (Vec::new(), false);
    for (start, end) in starts.iter().copied().zip(ends) {
        let equals = is(&part[start], '=');
        let (weight, body) = weight(&part[start + 1..end])?;
        let (text, feedback) = match body.iter().position(|sign| is(sign, '#')) {
            Some(at) => (&body[..at], Some(plain(&body[at + 1..])).filter(|text| !text.is_empty())),
            None => (body, None),
        };
        pairs |= find(text, "->").is_some();
        let answer = Answer { text: plain(formatted(text)?), right: false, feedback };
        weighted.push((equals, weight.unwrap_or(if equals { 100.0 } else { 0.0 }), answer));
    }
    if weighted.iter().all(|(equals, ..)| *equals) {
        return Err(if pairs { "matching" } else { "short_answer" });
    }
    let good: Vec<f64> = weighted.iter().map(|(_, weight, _)| *weight).filter(|weight| *weight > 0.0).collect();
    let several = weighted.iter().any(|(equals, weight, _)| !equals && *weight > 0.0);
    if several {
        let equal = good.iter().all(|weight| (weight - good[0]).abs() < 0.01);
        if !equal {
            return Err("partly_right");
        }
        if (good.iter().sum::<f64>() - 100.0).abs() > 1.0 {
            return Err("weights");
        }
    } else if good.iter().any(|weight| (weight - 100.0).abs() > 0.01) {
        return Err("partly_right");
    }
    let answers = weighted.into_iter().map(|(_, weight, answer)| Answer { right: weight > 0.0, ..answer }).collect();
    Ok((if several { Kind::Several } else { Kind::One }, answers))
}

/// A weight in percent before an answer: `%50%`, `%-33.3%`.
fn weight(body: &[Sign]) -> Result<(Option<f64>, &[Sign]), &'static str> {
    let start = body.iter().position(|sign| !sign.c.is_whitespace()).unwrap_or(body.len());
    if !body.get(start).is_some_and(|sign| is(sign, '%')) {
        return Ok((None, body));
    }
    let rest = &body[start + 1..];
    let end = rest.iter().position(|sign| is(sign, '%')).ok_or("weights")?;
    let number: f64 = plain(&rest[..end]).parse().map_err(|_| "weights")?;
    if !(-100.0..=100.0).contains(&number) {
        return Err("weights");
    }
    Ok((Some(number), &rest[end + 1..]))
}

/// Writes questions, so that [`parse`] reads the same again.
pub fn write(questions: &[Question]) -> String {
    let mut out = String::new();
    let mut category = None;
    for question in questions {
        let here = (question.topic.as_str(), question.reader);
        if category != Some(here) {
            category = Some(here);
            let reader = question.reader.map(|reader| format!("/{}", reader.as_str())).unwrap_or_default();
            let _ = write!(out, "$CATEGORY: {}{reader}\n\n", question.topic);
        }
        write_one(&mut out, question);
    }
    out
}

fn write_one(out: &mut String, question: &Question) {
    if let Some(title) = &question.title {
        let _ = write!(out, "::{}::", escaped(title));
    }
    // Without this mark a text that begins like a comment, a category or another mark would be read as one.
    let marked = question.text.starts_with(['[', '/', '$', ':']);
    let _ = writeln!(out, "{}{} {{", if marked { "[plain]" } else { "" }, escaped(&question.text));
    let said = |answer: &Answer| answer.feedback.as_deref().map(escaped);
    let n_right = question.right().len().max(1) as f64;
    if question.kind == Kind::TrueFalse {
        let truth = question.answers.first().is_some_and(|answer| answer.right);
        let of = |right: bool| question.answers.iter().find(|answer| answer.right == right).and_then(said);
        out.push_str(if truth { "\tTRUE" } else { "\tFALSE" });
        match (of(false), of(true)) {
            (None, None) => {}
            (wrong, None) => out.push_str(&format!("#{}", wrong.unwrap_or_default())),
            (wrong, Some(right)) => out.push_str(&format!("#{}#{right}", wrong.unwrap_or_default())),
        }
        out.push('\n');
    } else {
        for answer in &question.answers {
            // A text that begins with a percent sign needs a weight before it, or it would be read as one.
            let percent = answer.text.starts_with('%');
            let start = match (question.kind, answer.right) {
                (Kind::Several, true) => format!("~%{}%", share(100.0 / n_right)),
                (Kind::Several, false) => "~%-100%".to_owned(),
                (_, true) => if percent { "=%100%" } else { "=" }.to_owned(),
                (_, false) => if percent { "~%0%" } else { "~" }.to_owned(),
            };
            let mark = if answer.text.starts_with('[') { "[plain]" } else { "" };
            let _ = write!(out, "\t{start}{mark}{}", escaped(&answer.text));
            if let Some(said) = said(answer) {
                let _ = write!(out, "#{said}");
            }
            out.push('\n');
        }
    }
    if let Some(why) = &question.why {
        let _ = writeln!(out, "\t####{}", escaped(why));
    }
    out.push_str("}\n\n");
}

fn share(weight: f64) -> String {
    let text = format!("{weight:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '~' | '=' | '#' | '{' | '}' | ':' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
