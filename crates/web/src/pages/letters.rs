//! The register of letters: incoming, outgoing, drafts; search without accents and filters.

use app::lang::{Lang, code, date, moment, number, t, t_with};
use app::letters::{self, Excerpt, LetterFilter};
use app::programme::ids::LetterId;
use app::programme::model::Direction;
use app::views::{LetterRow, UnitRow};
use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::pages::Page;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::shown;
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Choice, Frame, Visit};

/// Letters on one page.
const PAGE_LETTERS: usize = 50;

#[derive(Template)]
#[template(path = "letters.html")]
pub(crate) struct LettersPage {
    frame: Frame,
    errors: Vec<WrongField>,
    asked: Asked,
    tabs: Vec<Tab>,
    shelf: &'static str,
    /// The kind of letters that there would be here; `None` when others were looked for.
    empty: Option<Direction>,
    /// Where there is something, when nothing was found here: address and words.
    elsewhere: Vec<(String, String)>,
    clear: String,
    searching: bool,
    narrowed: bool,
    may_receive: bool,
    units: Vec<Choice>,
    count_words: String,
    letters: Vec<LetterItem>,
    earlier: Option<String>,
    later: Option<String>,
}

struct Tab {
    href: String,
    words: String,
    count: String,
    here: bool,
}

struct LetterItem {
    id: LetterId,
    href: String,
    title: String,
    subject: Option<String>,
    meta: Vec<String>,
    work: Option<String>,
    /// Where the words stand that were looked for.
    excerpt: Option<Excerpt>,
    tags: Vec<Tag>,
}

/// A part of the register that has a tab of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shelf {
    Of(Direction),
    /// What was read in them waits for a person's word.
    Waiting,
    /// Some obligation of them was given to nobody.
    Unassigned,
    Removed,
}

impl Shelf {
    const ALL: [Shelf; 6] = [
        Shelf::Of(Direction::In),
        Shelf::Of(Direction::Out),
        Shelf::Of(Direction::Draft),
        Shelf::Waiting,
        Shelf::Unassigned,
        Shelf::Removed,
    ];

    fn code(self) -> &'static str {
        match self {
            Shelf::Of(direction) => direction.as_str(),
            Shelf::Waiting => "waiting",
            Shelf::Unassigned => "unassigned",
            Shelf::Removed => "removed",
        }
    }

    fn holds(self, row: &LetterRow) -> bool {
        match self {
            Shelf::Of(direction) => !row.removed && row.direction == direction,
            Shelf::Waiting => row.waits(),
            Shelf::Unassigned => !row.removed && row.unassigned,
            Shelf::Removed => row.removed,
        }
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Shelf::Of(direction) => code(lang, "direction", direction.as_str()).into_owned(),
            Shelf::Waiting => t(lang, "letter-waits").into_owned(),
            Shelf::Unassigned => t(lang, "letters-unassigned").into_owned(),
            Shelf::Removed => t(lang, "letters-removed").into_owned(),
        }
    }
}

/// What is asked for, as it stands in the address.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(crate) struct Asked {
    kind: String,
    q: String,
    number: String,
    issuer: String,
    from: String,
    to: String,
    unit: String,
    page: usize,
}

impl Asked {
    /// The shelf that is asked for; else the letters that came in, or where none did, those of the office itself.
    fn shelf(&self, rows: &[LetterRow]) -> Shelf {
        let has = |direction| rows.iter().any(|row| Shelf::Of(direction).holds(row));
        let named = Shelf::ALL.into_iter().find(|shelf| shelf.code() == self.kind);
        let own = self.kind.is_empty() && !has(Direction::In) && has(Direction::Out);
        named.unwrap_or(Shelf::Of(if own { Direction::Out } else { Direction::In }))
    }

    fn filter(&self) -> LetterFilter {
        let words = |text: &str| Some(text.to_owned()).filter(|t| !t.trim().is_empty());
        let day = dates::read;
        LetterFilter {
            direction: None,
            words: words(&self.q),
            number: words(&self.number),
            issuer: words(&self.issuer),
            from: day(&self.from),
            to: day(&self.to),
            unit: self.unit.parse().ok().filter(|_| !self.unit.is_empty()),
            with_removed: true,
        }
    }

    /// Days of the search that are none.
    fn wrong(&self) -> Vec<FieldError> {
        let days = [("from", &self.from), ("to", &self.to)];
        let wrong = days.into_iter().filter(|(_, text)| !text.trim().is_empty() && dates::read(text).is_none());
        wrong.map(|(field, _)| FieldError { field, code: "bad-day" }).collect()
    }

    /// The address of a tab or another page of the same search.
    fn address(&self, shelf: Shelf, page: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("kind", shelf.code());
        let fields = [("q", &self.q), ("number", &self.number), ("issuer", &self.issuer), ("from", &self.from), ("to", &self.to)];
        for (name, value) in fields.into_iter().chain([("unit", &self.unit)]).filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        if page > 0 {
            query.append_pair("page", &page.to_string());
        }
        format!("/letters?{}", query.finish())
    }
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page<LettersPage>, PageError> {
    let scope = visit.scope(&site).await?;
    let found = letters::list(&site.app, asked.filter()).await?;
    // Who keeps the register finds what was taken out of it.
    let rows = found.into_iter().filter(|row| scope.sees_letter(&row.id) && (visit.may_register() || !row.removed)).collect();
    let units: Vec<UnitRow> = app::office::units(&site.app).await?.into_iter().filter(|unit| scope.sees_unit(&unit.id)).collect();
    let may_receive = visit.may_register();
    let (words, mut page) = (asked.q.clone(), page(visit.frame("/letters"), asked, rows, &units, may_receive));
    if !words.trim().is_empty() {
        let shown: Vec<LetterId> = page.letters.iter().map(|letter| letter.id.clone()).collect();
        let mut excerpts = letters::excerpts(&site.app, &shown, &words).await?;
        page.letters.iter_mut().for_each(|letter| letter.excerpt = excerpts.remove(&letter.id));
    }
    Ok(Page(page))
}

fn page(frame: Frame, asked: Asked, rows: Vec<LetterRow>, units: &[UnitRow], may_receive: bool) -> LettersPage {
    let lang = frame.lang;
    let shelf = asked.shelf(&rows);
    let hits = |of: Shelf| rows.iter().filter(|row| of.holds(row)).count();
    let tab = |of: Shelf| Tab {
        href: asked.address(of, 0),
        words: of.words(lang),
        count: number(lang, hits(of).try_into().unwrap_or(i64::MAX)),
        here: of == shelf,
    };
    // A shelf of letters that wait for something needs no tab while none does.
    let wanted = |of: &Shelf| matches!(of, Shelf::Of(_)) || *of == shelf || may_receive && hits(*of) > 0;
    let tabs = Shelf::ALL.into_iter().filter(wanted).map(tab).collect();
    let others = Shelf::ALL.into_iter().filter(|of| matches!(of, Shelf::Of(_)) && *of != shelf && hits(shelf) == 0 && hits(*of) > 0);
    let words = |of: Shelf| [("n", hits(of).into()), ("tab", of.words(lang).into())];
    let elsewhere = others.map(|of| (asked.address(of, 0), frame.with("letters-elsewhere", &words(of)))).collect();
    let narrowed = [&asked.number, &asked.issuer, &asked.from, &asked.to, &asked.unit].iter().any(|field| !field.is_empty());
    let searching = narrowed || !asked.q.trim().is_empty();
    let here: Vec<LetterRow> = rows.into_iter().filter(|row| shelf.holds(row)).collect();
    let last = here.len().saturating_sub(1) / PAGE_LETTERS;
    let at = asked.page.min(last);
    let choice = |u: &UnitRow| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: u.id.as_str() == asked.unit };
    LettersPage {
        errors: wrong_fields(&frame, &asked.wrong()),
        tabs,
        shelf: shelf.code(),
        empty: match shelf {
            Shelf::Of(direction) if !searching => Some(direction),
            _ => None,
        },
        elsewhere,
        clear: Asked::default().address(shelf, 0),
        searching,
        narrowed,
        may_receive,
        units: units.iter().map(choice).collect(),
        count_words: frame.with("letters-count", &[("n", here.len().into())]),
        letters: here.iter().skip(at * PAGE_LETTERS).take(PAGE_LETTERS).map(|row| item(lang, row, may_receive)).collect(),
        earlier: (at > 0).then(|| asked.address(shelf, at - 1)),
        later: (at < last).then(|| asked.address(shelf, at + 1)),
        asked,
        frame,
    }
}

fn item(lang: Lang, row: &LetterRow, may_register: bool) -> LetterItem {
    let dated = |key: &str, day| t_with(lang, key, &[("date", date(day).into())]).into_owned();
    let received = (row.direction == Direction::In).then(|| dated("letter-received", row.received_at.day()));
    let meta = [row.date.map(|day| dated("letter-dated", day)), row.issuer.clone(), received];
    let kind = row.letter_type.as_deref().filter(|_| row.code.is_some()).map(app::documents::kind_name);
    // A draft is gone on with, by those who may.
    let page = if row.direction == Direction::Draft && may_register { "/draft" } else { "" };
    LetterItem {
        id: row.id.clone(),
        excerpt: None,
        href: format!("/letters/{}{page}", row.id),
        title: [kind, Some(title(lang, row))].into_iter().flatten().collect::<Vec<_>>().join(" "),
        subject: row.subject.clone(),
        meta: meta.into_iter().flatten().collect(),
        work: (row.direction == Direction::In).then(|| work(lang, row)),
        tags: tags(lang, row),
    }
}

/// What a letter is called: its number, or that it has none, and then when it was taken in, so that two of them differ.
pub(crate) fn title(lang: Lang, row: &LetterRow) -> String {
    let called = shown::letter_code(lang, row.code.as_deref());
    if row.code.is_some() {
        return called;
    }
    t_with(lang, "letter-unnumbered", &[("title", called.into()), ("at", moment(row.received_at).into())]).into_owned()
}

/// Secrecy and urgency as stamped; whether a person confirmed what was read in a letter that came in.
pub(crate) fn tags(lang: Lang, row: &LetterRow) -> Vec<Tag> {
    let tag = |class, words: &str| Tag { class, words: words.to_owned() };
    let mut tags = Vec::new();
    tags.extend(row.secrecy.map(|s| tag("sharp", &code(lang, "secrecy", s.as_str()))));
    tags.extend(row.urgency.map(|u| tag("sharp", &code(lang, "urgency", u.as_str()))));
    if row.removed {
        tags.push(tag("soon", &t(lang, "letter-removed-tag")));
    }
    tags.push(match row.direction {
        Direction::In if row.confirmed => tag("good", &t(lang, "letter-confirmed")),
        Direction::In => tag("soon", &t(lang, "letter-waits")),
        other => tag("", &code(lang, "direction", other.as_str())),
    });
    tags
}

fn work(lang: Lang, row: &LetterRow) -> String {
    let rates = &row.rates;
    let obligations = ("obligations", row.obligations.into());
    if rates.tasks > 0 {
        let args = [obligations, ("tasks", rates.tasks.into()), ("declared", rates.declared.into()), ("verified", rates.verified.into())];
        t_with(lang, "letters-work", &args).into_owned()
    } else if !row.confirmed && row.obligations > 0 {
        t_with(lang, "letters-work-drafts", &[obligations]).into_owned()
    } else {
        t(lang, "letters-work-none").into_owned()
    }
}
