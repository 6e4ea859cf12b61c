//! A question of any kind → one answer: a message, a link, a telephone number, an account, the codes of a picture.
//!
//! What is asked is weighed by its words and its form, and looked up in the lists that the caller holds. A list is asked by a
//! function, so that this room needs no disk: which lists there are is the caller's affair.
//!
//! ```text
//! ask(&Question::Phone("+84 912 000 123"), &Known::builtin(), &|kind, value| office.find(kind, value))
//! ```

use std::collections::BTreeSet;

use crate::filter::{Kind, normals};
use crate::number::{self, Numbers, fill};
use crate::pack::Lists;
use crate::pay;
use crate::rule::Rules;
use crate::verdict::{Answer, Found, Listed, Verdict, WORDING, answer, weigh};
use crate::{check, link};

/// Most things of one question that are looked up.
const MOST_LOOKED_UP: usize = 60;
/// The reason of what stands in a list.
pub const LISTED: &str = "list.verified";
/// From which weight on the form of a number counts within a message.
const TRICK: f32 = 2.0;
/// Longest text of a code that is told in full, in characters.
const MOST_TOLD: usize = 300;

/// What is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question<'a> {
    /// A message, or whatever somebody pastes: a text that is a number and nothing else is asked about as one.
    Text(&'a str),
    Phone(&'a str),
    /// `bank` as somebody wrote it; may be empty.
    Account {
        number: &'a str,
        bank: &'a str,
    },
    /// What the codes of a picture say.
    Codes(&'a [String]),
}

/// What the check knows.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub rules: &'a Rules,
    pub numbers: &'a Numbers,
    /// Small lists that came with packs.
    pub lists: &'a [Lists],
}

impl Known<'static> {
    /// What ships inside the program.
    pub fn builtin() -> Known<'static> {
        Known { rules: crate::builtin(), numbers: number::builtin(), lists: &[] }
    }
}

/// Looks an entry up, in the form in which it was written.
pub type LookUp<'a> = &'a dyn Fn(Kind, &str) -> Vec<Listed>;

/// No list at all.
pub fn no_list(_: Kind, _: &str) -> Vec<Listed> {
    Vec::new()
}

/// What was gathered on the way.
struct Gathered<'a> {
    known: Known<'a>,
    look_up: LookUp<'a>,
    asked: BTreeSet<(Kind, String)>,
    found: Vec<Found>,
    /// Signs of numbers: told also where they give no alarm.
    notes: Vec<Found>,
    listed: Vec<Listed>,
    read: Vec<String>,
    /// `phone`, `account`, `pay`: which advice of numbers is given.
    kinds: BTreeSet<&'static str>,
}

/// Answers a question.
pub fn ask(question: &Question<'_>, known: Known<'_>, look_up: LookUp<'_>) -> Answer {
    let mut gathered = Gathered {
        known,
        look_up,
        asked: BTreeSet::new(),
        found: Vec::new(),
        notes: Vec::new(),
        listed: Vec::new(),
        read: Vec::new(),
        kinds: BTreeSet::new(),
    };
    match question {
        Question::Text(text) => match number::looks_like(text) {
            Some(true) => gathered.phone(text),
            Some(false) => gathered.account(text, ""),
            None => gathered.text(text),
        },
        Question::Phone(written) => gathered.phone(written),
        Question::Account { number, bank } => gathered.account(number, bank),
        Question::Codes(codes) => codes.iter().for_each(|code| gathered.code(code)),
    }
    gathered.answer()
}

impl Gathered<'_> {
    fn look_up(&mut self, kind: Kind, written: &str) {
        for normal in normals(kind, written) {
            self.look_up_form(kind, normal, written);
        }
    }

    fn look_up_form(&mut self, kind: Kind, normal: String, written: &str) {
        if self.asked.len() >= MOST_LOOKED_UP || self.asked.contains(&(kind, normal.clone())) {
            return;
        }
        let found = (self.look_up)(kind, &normal);
        self.asked.insert((kind, normal));
        for mut listed in found {
            listed.quote = written.trim().to_owned();
            let numbers = self.known.numbers;
            let reason = numbers.reasons.get(&listed.reason).or_else(|| numbers.reasons.get("other"));
            listed.why = reason.cloned().unwrap_or_default();
            let values: [(&str, &str); 3] = [("source", &listed.source), ("on", &day(&listed.on)), ("reason", &listed.why)];
            self.found.extend(numbers.found(LISTED, &listed.quote, &values));
            let same = |known: &Listed| known.quote == listed.quote && known.source == listed.source;
            if !self.listed.iter().any(same) {
                self.listed.push(listed);
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.found.extend(check::found(text, self.known.rules));
        let text = check::cut(text);
        for link in link::find(text) {
            self.by_lists(&link, text);
            if !link.is_mail {
                self.look_up(Kind::Link, &text[link.at.clone()]);
            }
            self.look_up(Kind::Host, &link.host);
        }
        for number in check::numbers(text) {
            // In a message only a number that is told as a trick counts: every message has ordinary ones.
            let tricks =
                number::phone(number, self.known.numbers).into_iter().filter(|found| number.starts_with('+') && found.weight >= TRICK);
            self.notes.extend(tricks);
            self.look_up(Kind::Phone, number);
            self.look_up(Kind::Account, number);
        }
    }

    /// What the lists of packs know of a link that the shipped rules do not.
    fn by_lists(&mut self, link: &link::Link, text: &str) {
        let quote = &text[link.at.clone()];
        let host = link.host.strip_prefix("www.").unwrap_or(&link.host);
        let of = |sign: &str, weight: f32, why: &str| Found {
            rule: format!("link.{sign}"),
            weight,
            quote: quote.to_owned(),
            why: why.to_owned(),
        };
        let links = &self.known.rules.links;
        if self.known.lists.iter().any(|lists| lists.owner(host).is_some()) {
            self.found.retain(|found| !(found.rule.starts_with("link.") && found.quote == quote));
            self.found.extend(links.get("own").map(|rule| of("own", rule.weight, "")));
        }
        let is_known = self.found.iter().any(|found| found.rule == "link.shortener");
        if !is_known && self.known.lists.iter().any(|lists| lists.shorteners.iter().any(|known| known == host)) {
            self.found.extend(links.get("shortener").map(|rule| of("shortener", rule.weight, &rule.why)));
            self.found.extend(check::unseen(text, link, self.known.rules));
        }
    }

    fn phone(&mut self, written: &str) {
        self.kinds.insert("phone");
        match number::normal_phone(written) {
            Some(number) => self.tell("phone", &[("number", &number)]),
            None => self.note("number.none", &short(written), &[]),
        }
        self.notes.extend(number::phone(written, self.known.numbers));
        self.look_up(Kind::Phone, written);
    }

    fn account(&mut self, written: &str, bank: &str) {
        self.kinds.insert("account");
        let numbers = self.known.numbers;
        if let Some(number) = number::normal_account(written) {
            match numbers.bank_named(bank) {
                Some(bank) => self.tell("account_at", &[("number", &number), ("bank", &bank.title)]),
                None => self.tell("account", &[("number", &number)]),
            }
        } else {
            self.note("number.none", &short(written), &[]);
        }
        self.notes.extend(number::account(written, bank, numbers));
        self.look_up(Kind::Account, written);
    }

    /// One code of a picture.
    fn code(&mut self, code: &str) {
        let code = code.trim();
        let head = |head: &str| code.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head)).then(|| &code[head.len()..]);
        let told = short(code);
        if let Some(payment) = pay::read(code) {
            self.payment(&payment);
        } else if head("otpauth://").is_some() {
            self.tell("secret", &[]);
            self.note("code.secret", "otpauth://", &[]);
        } else if head("WIFI:").is_some() {
            let name = code.split(';').find_map(|part| part.strip_prefix("WIFI:").unwrap_or(part).strip_prefix("S:")).unwrap_or_default();
            self.tell("wifi", &[("text", name)]);
            self.note("code.wifi", name, &[]);
        } else if let Some(number) = head("tel:") {
            self.phone(number);
        } else if let Some(message) = head("smsto:") {
            let (number, text) = message.split_once(':').unwrap_or((message, ""));
            self.phone(number);
            self.tell("text", &[("text", &short(text))]);
            self.text(text);
        } else {
            let is_link = link::find(code).first().is_some_and(|link| link.at == (0..code.len()));
            self.tell(if is_link { "link" } else { "text" }, &[("text", &told)]);
            self.text(code);
        }
    }

    fn payment(&mut self, payment: &pay::Payment) {
        self.kinds.insert("pay");
        let numbers = self.known.numbers;
        let bank = numbers.bank_of(&payment.bank).map_or(payment.bank.as_str(), |bank| bank.title.as_str());
        let account = payment.account.as_str();
        if account.is_empty() {
            self.tell("pay_other", &[]);
        } else {
            self.tell(if payment.is_card { "pay_card" } else { "pay" }, &[("bank", bank), ("account", account)]);
            self.note("pay.account", account, &[("bank", bank), ("account", account)]);
            self.look_up(Kind::Account, account);
            if numbers.bank_of(&payment.bank).is_none() {
                self.note("pay.unknown_bank", &payment.bank, &[("bank", &payment.bank)]);
            }
            if payment.is_card {
                self.note("pay.card", account, &[]);
            }
        }
        if let Some(amount) = &payment.amount {
            let told = pay::sum(amount);
            self.tell("pay_amount", &[("amount", &told)]);
            self.note("pay.amount", amount, &[("amount", &told)]);
        }
        if let Some(name) = &payment.name {
            self.tell("pay_merchant", &[("name", name)]);
        }
        if let Some(note) = &payment.note {
            self.tell("pay_note", &[("note", note)]);
            self.text(note);
            // A note of some words is worded like none of the messages that the wording was learned from.
            self.found.retain(|found| found.rule != WORDING);
        }
        if !payment.is_whole {
            self.note("pay.broken", account, &[]);
        }
    }

    fn tell(&mut self, key: &str, values: &[(&str, &str)]) {
        let line = self.known.numbers.read.get(key).map(|line| fill(line, values));
        self.read.extend(line.filter(|line| !self.read.contains(line)));
    }

    fn note(&mut self, id: &str, quote: &str, values: &[(&str, &str)]) {
        self.notes.extend(self.known.numbers.found(id, quote, values));
    }

    fn answer(self) -> Answer {
        let Gathered { known, mut found, notes, listed, read, kinds, .. } = self;
        let by_form: f32 = notes.iter().map(|note| note.weight).sum();
        let verdict = Verdict::of(weigh(known.rules, &found) + by_form, known.rules);
        // An alarm by the form alone: the words found nothing, and what they advise would speak of a message.
        let by_words = found.iter().any(|found| found.rule != LISTED);
        found.extend(notes.iter().filter(|note| note.weight > 0.0).cloned());
        let mut answer = answer(known.rules, found, verdict);
        let told: BTreeSet<String> = answer.reasons.iter().map(|reason| reason.why.clone()).collect();
        answer.reasons.extend(notes.into_iter().map(Found::told).filter(|reason| !told.contains(&reason.why)));
        if !kinds.is_empty() {
            let is_calm = verdict == Verdict::NoSign;
            let fits = |advice: &&number::NumberAdvice| {
                let meant = advice.kinds.iter().any(|kind| kinds.contains(kind.as_str()));
                let calm = !advice.calm || listed.is_empty();
                meant && calm && if advice.alarm { !is_calm } else { true }
            };
            let of_numbers: Vec<String> = known.numbers.advice.iter().filter(fits).map(|advice| advice.text.clone()).collect();
            answer.advice = if by_words && !is_calm { [of_numbers, answer.advice].concat() } else { of_numbers };
            let mut told = BTreeSet::new();
            answer.advice.retain(|line| told.insert(line.clone()));
        }
        answer.listed = listed;
        answer.read = read;
        answer
    }
}

/// As much of a text as is told.
fn short(text: &str) -> String {
    text.chars().take(MOST_TOLD).collect()
}

/// A day as people write it here: `27/11/2026`.
fn day(iso: &str) -> String {
    let mut parts = iso.splitn(3, '-');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) => [day, month, year].join("/"),
        _ => iso.to_owned(),
    }
}
