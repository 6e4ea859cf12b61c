//! The check of one message.

use std::ops::Range;

use crate::domain::Sign;
use crate::entity;
use crate::lexicon::{NUMBER, PHONE};
use crate::link::Link;
use crate::rule::Rules;
use crate::token::{Token, tokens};
use crate::verdict::{Answer, Found, Verdict, WORDING, answer, weigh};
use crate::words;

/// Longest message, in bytes: what is beyond is not looked at.
pub const MAX_BYTES: usize = 20_000;
/// Most links of one message that are looked at.
const MAX_LINKS: usize = 20;
/// A message with fewer words is not worded in any way.
const FEWEST_WORDS: usize = 3;
/// Words before a phrase in which a "not" denies it.
const DENIAL: usize = 5;

/// What a message, a link or a number says about itself.
pub fn check(message: &str, rules: &Rules) -> Answer {
    let found = found(message, rules);
    let verdict = Verdict::of(weigh(rules, &found), rules);
    answer(rules, found, verdict)
}

/// The names of all that was found, with what each weighs, and their sum: for whoever tunes the rules.
pub fn explain(message: &str, rules: &Rules) -> (Vec<(String, f32)>, f32) {
    let found = found(message, rules);
    let sum = weigh(rules, &found);
    (found.into_iter().map(|found| (found.rule, found.weight)).collect(), sum)
}

pub(crate) fn found(message: &str, rules: &Rules) -> Vec<Found> {
    let message = cut(message);
    let (entities, links) = entity::find(message);
    let tokens = tokens(message, &entities, &rules.lexicon);
    let mut found = phrases(message, &tokens, rules);
    found.extend(wording(message, &tokens, rules));
    let is_told = |link: &Link| {
        tokens.iter().any(|token| token.quoted && token.at.contains(&link.at.start)) && tokens.iter().any(|token| !token.quoted)
    };
    for link in links.iter().take(MAX_LINKS) {
        let from = found.len();
        of_link(message, link, rules, &mut found);
        if is_told(link) {
            // Somebody shows a message that they got: its link weighs half.
            found[from..].iter_mut().for_each(|found| found.weight /= 2.0);
        }
    }
    found.extend(
        links
            .first()
            .filter(|link| rules.domains.signs(&link.host).contains(&Sign::Shortener))
            .and_then(|link| unseen(message, link, rules)),
    );
    found
}

/// Of a message that is a shortened link and nothing else: nobody sees where it leads, and no word says why it was sent.
pub(crate) fn unseen(message: &str, link: &Link, rules: &Rules) -> Option<Found> {
    let is_all = message.trim() == &message[link.at.clone()] && !link.path.trim_matches('/').is_empty();
    let rule = rules.links.get("unseen").filter(|_| is_all)?;
    Some(Found { rule: "link.unseen".to_owned(), weight: rule.weight, quote: message.trim().to_owned(), why: rule.why.clone() })
}

/// The numbers that a message names which may be somebody's telephone or account, as they stand there.
pub(crate) fn numbers(message: &str) -> impl Iterator<Item = &str> {
    let (entities, _) = entity::find(message);
    entities.into_iter().filter(|entity| matches!(entity.kind, PHONE | NUMBER)).map(|entity| &message[entity.at])
}

/// The words and pairs of words of a message: what the weights of [`crate::words`] are learned from.
pub fn grams(message: &str, rules: &Rules) -> Vec<String> {
    let message = cut(message);
    let (entities, _) = entity::find(message);
    words::grams(&tokens(message, &entities, &rules.lexicon)).into_iter().map(|(gram, _)| gram).collect()
}

/// How the message is worded, beside what it says.
fn wording(message: &str, tokens: &[Token], rules: &Rules) -> Option<Found> {
    if tokens.iter().filter(|token| !token.plain.starts_with('<')).count() < FEWEST_WORDS {
        return None;
    }
    let wording = rules.words.weigh(tokens);
    let weight = (wording.sum * rules.wording.weight).clamp(-rules.wording.most, rules.wording.most);
    let quote = wording.loudest.map(|place| quoted(message, tokens, &place)).unwrap_or_default();
    (weight != 0.0).then(|| Found { rule: WORDING.to_owned(), weight, quote, why: rules.wording.why.clone() })
}

/// The words of the message from the first to the last of these.
fn quoted(message: &str, tokens: &[Token], place: &Range<usize>) -> String {
    let (first, last) = (&tokens[place.start].at, &tokens[place.end - 1].at);
    message[first.start..last.end.max(first.end)].to_owned()
}

/// The part of a message that is looked at.
pub(crate) fn cut(message: &str) -> &str {
    let mut end = message.len().min(MAX_BYTES);
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    &message[..end]
}

/// What the words say: each rule once, with the first place where it was found.
fn phrases(message: &str, tokens: &[Token], rules: &Rules) -> Vec<Found> {
    let mut places: Vec<Option<Range<usize>>> = vec![None; rules.rules.len()];
    let (mut denied, mut cited) = (None, None);
    let is_cited = |place: &Range<usize>| {
        place.len() > 1 && tokens[place.clone()].iter().all(|token| token.quoted) && tokens.iter().any(|token| !token.quoted)
    };
    for at in 0..tokens.len() {
        let Some(candidates) = rules.by_word.get(&tokens[at].word) else { continue };
        for (rule, phrase) in candidates {
            let (at_rule, rule) = (*rule as usize, &rules.rules[*rule as usize]);
            if places[at_rule].is_some() {
                continue;
            }
            let Some(place) = rule.phrases[*phrase as usize].find(tokens, at) else { continue };
            if rule.weight > 0.0 && is_cited(&place) {
                cited.get_or_insert(place);
            } else if rule.can_be_denied && is_denied(tokens, at, rules) {
                denied.get_or_insert(place);
            } else {
                places[at_rule] = Some(place);
            }
        }
    }
    let quote = |place: &Range<usize>| quoted(message, tokens, place);
    let said = rules.rules.iter().zip(&places).filter_map(|(rule, place)| {
        let place = place.as_ref()?;
        Some(Found { rule: rule.id.clone(), weight: rule.weight, quote: quote(place), why: rule.why.clone() })
    });
    let mut found: Vec<Found> = said.collect();
    for (place, id) in [(denied, "calm.denied"), (cited, "calm.quoted")] {
        let rule = rules.rules.iter().find(|rule| rule.id == id && !found.iter().any(|found| found.rule == id));
        if let (Some(place), Some(rule)) = (place, rule) {
            found.push(Found { rule: rule.id.clone(), weight: rule.weight, quote: quote(&place), why: String::new() });
        }
    }
    found
}

/// Whether a "not" stands shortly before this word, in the same sentence: "không cung cấp mã OTP".
fn is_denied(tokens: &[Token], at: usize, rules: &Rules) -> bool {
    let mut before = at;
    while before > 0 && at - before < DENIAL && !tokens[before].begins {
        before -= 1;
        if rules.denials.contains(&tokens[before].word) {
            return true;
        }
    }
    false
}

fn of_link(message: &str, link: &Link, rules: &Rules, found: &mut Vec<Found>) {
    let quote = &message[link.at.clone()];
    let mut add = |sign: &str, brand: &str, own: &str, word: &str| {
        let id = format!("link.{sign}");
        let Some(rule) = rules.links.get(sign).filter(|_| !found.iter().any(|found| found.rule == id)) else { return };
        let why = rule.why.replace("{brand}", brand).replace("{own}", own).replace("{word}", word);
        found.push(Found { rule: id, weight: rule.weight, quote: quote.to_owned(), why });
    };
    let signs = rules.domains.signs(&link.host);
    for sign in &signs {
        match sign {
            Sign::Own => add("own", "", "", ""),
            Sign::LooksLike { brand, own } => add("looks_like", brand, own, ""),
            Sign::Borrows { brand, own } => add("borrows", brand, own, ""),
            Sign::FakeGov => add("fake_gov", "", "", ""),
            Sign::Address => add("address", "", "", ""),
            Sign::Mixed => add("mixed", "", "", ""),
            Sign::Shortener => add("shortener", "", "", ""),
            Sign::FreePage => add("free_page", "", "", ""),
            Sign::CheapEnding => add("cheap", "", "", ""),
            Sign::Bait { word } => add("bait", "", "", word),
        }
    }
    let path = link.path.to_ascii_lowercase();
    if [".apk", ".exe", ".scr", ".msi", ".ipa"].iter().any(|end| path.split(['?', '#']).next().is_some_and(|path| path.ends_with(end))) {
        add("program", "", "", "");
    }
    if let Some(before) = &link.before_at {
        add("before_at", "", "", before);
    }
    if !signs.contains(&Sign::Own) && !link.is_mail {
        add("unknown", "", "", "");
    }
}
