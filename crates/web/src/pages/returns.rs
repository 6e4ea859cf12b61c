//! The list of reports, and beginning one: the template first, its period then follows from the template's bounds.

use app::lang::{Lang, code, date, t, t_with};
use app::letters::LetterFilter;
use app::programme::period::{Bounds, Period, Recurrence};
use app::returns::{self, DIRECTIVE_REPORT, NewReturn, ReportTemplate};
use app::views::{LetterRow, ReturnState, ReturnView};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Redirect;
use jiff::civil::Date;
use serde::Deserialize;

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, done, letters as register};
use crate::shown;
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "returns.html")]
pub(crate) struct ReturnsPage {
    frame: Frame,
    returns: Vec<ReturnItem>,
    can_draft: bool,
}

struct ReturnItem {
    href: String,
    title: String,
    meta: Vec<String>,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "return_new.html")]
pub(crate) struct ReturnNewPage {
    frame: Frame,
    /// Empty once one is chosen.
    usual: Vec<TemplateItem>,
    /// Those whose periods run the other way.
    others: Vec<TemplateItem>,
    chosen: Option<TemplateItem>,
    periods: Vec<Choice>,
    letters: Vec<Choice>,
}

struct TemplateItem {
    id: String,
    name: String,
    hint: String,
}

#[derive(Deserialize)]
pub(crate) struct Begin {
    template: Option<String>,
    letter: Option<String>,
}

/// How many periods that are over are offered beside the one that runs.
const BEFORE: usize = 3;

pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Result<Page<ReturnsPage>, PageError> {
    let scope = visit.scope(&site).await?;
    let mut views = returns::list(&site.app).await?;
    views.retain(|view| scope.sees_unit(&view.unit.id));
    let letters = app::letters::list(&site.app, LetterFilter::default()).await?;
    let can_draft = visit.of_office() && visit.acts().is_ok();
    let frame = visit.frame("/returns");
    Ok(Page(ReturnsPage { returns: views.iter().map(|view| item(frame.lang, view, &letters)).collect(), can_draft, frame }))
}

pub(crate) async fn begin(State(site): State<Site>, visit: Visit, Query(query): Query<Begin>) -> Result<Page<ReturnNewPage>, PageError> {
    visit.acts()?;
    if !visit.of_office() {
        return Err(PageError::Forbidden("not_yours".to_owned()));
    }
    let letters = app::letters::list(&site.app, LetterFilter::default()).await?;
    let scope = visit.scope(&site).await?;
    let of_state = app::documents::form(&site.app).await?.system == "state";
    let frame = visit.frame("/returns");
    let lang = frame.lang;
    let all: Vec<(Bounds, TemplateItem)> = templates(lang);
    let wanted = query.template.as_deref().unwrap_or_default();
    let chosen = all.iter().position(|(_, item)| item.id == wanted);
    let periods = chosen.map(|_| periods(lang, wanted, site.app.now().day())).unwrap_or_default();
    let letter = |l: &LetterRow| {
        let value = l.id.to_string();
        Choice { chosen: query.letter.as_ref() == Some(&value), words: register::title(lang, l), value }
    };
    let letters = letters.iter().filter(|l| scope.sees_letter(&l.id)).map(letter).collect();
    if let Some(at) = chosen {
        let chosen = all.into_iter().nth(at).map(|(_, item)| item);
        return Ok(Page(ReturnNewPage { usual: Vec::new(), others: Vec::new(), chosen, periods, letters, frame }));
    }
    let own = |bounds: Bounds, id: &str| !is_periodic(id) || (bounds == Bounds::Fifteenth) == of_state;
    let (usual, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(bounds, item)| own(*bounds, &item.id));
    let bare = |items: Vec<(Bounds, TemplateItem)>| items.into_iter().map(|(_, item)| item).collect();
    Ok(Page(ReturnNewPage { usual: bare(usual), others: bare(others), chosen: None, periods, letters, frame }))
}

pub(crate) async fn draft(State(site): State<Site>, visit: Visit, form: Form) -> Result<Redirect, PageError> {
    visit.acts()?;
    let period = form.one("period").parse().map_err(|_| PageError::field("period", "bad-period"))?;
    let letter = form.some("letter").map(str::parse).transpose().map_err(|_| PageError::field("letter", "bad-choice"))?;
    let template = form.some("template").unwrap_or(DIRECTIVE_REPORT);
    if template != DIRECTIVE_REPORT && returns::template(template).is_none() {
        return Err(PageError::field("template", "bad-choice"));
    }
    let new = NewReturn { template: template.to_owned(), unit: None, period, letter };
    let id = returns::draft(&site.app, &visit.by, new).await?;
    Ok(done(&format!("/returns/{id}"), "drafted"))
}

fn is_periodic(id: &str) -> bool {
    returns::template(id).is_some_and(|t| t.recurrence.is_some())
}

fn templates(lang: Lang) -> Vec<(Bounds, TemplateItem)> {
    let hint = |t: &ReportTemplate| match (t.recurrence, t.bounds) {
        (None, _) => "template-hint-ad-hoc",
        (_, Bounds::Calendar) => "template-hint-calendar",
        (_, Bounds::Fifteenth) => "template-hint-fifteenth",
    };
    let item = |id: &str, key: &str| TemplateItem {
        id: id.to_owned(),
        name: code(lang, "report-template", id).into_owned(),
        hint: t(lang, key).into_owned(),
    };
    let known = returns::templates().iter().map(|t| (t.bounds, item(&t.id, hint(t))));
    known.chain([(Bounds::Calendar, item(DIRECTIVE_REPORT, "template-hint-directive"))]).collect()
}

/// The periods of a template with their first and last day: the one that runs, then those that are over.
fn periods(lang: Lang, template: &str, today: Date) -> Vec<Choice> {
    let known = returns::template(template);
    let bounds = known.map_or(Bounds::Calendar, |t| t.bounds);
    let all = [Recurrence::Monthly, Recurrence::Quarterly, Recurrence::HalfYearly, Recurrence::Yearly];
    let lengths = match known.and_then(|t| t.recurrence) {
        Some(recurs) => vec![recurs],
        None => all.to_vec(),
    };
    let before = if lengths.len() == 1 { BEFORE } else { 1 };
    let mut periods = Vec::new();
    for recurs in lengths {
        let mut period = Period::containing(today, Some(recurs), bounds);
        periods.push(period);
        for _ in 0..before {
            let Some(day) = period.days(bounds).and_then(|(first, _)| first.yesterday().ok()) else { break };
            period = Period::containing(day, Some(recurs), bounds);
            periods.push(period);
        }
    }
    if known.is_none_or(|t| t.recurrence.is_none()) {
        periods.insert(0, Period::Once);
    }
    let choice = |(idx, p): (usize, Period)| Choice { value: p.to_string(), words: period_words(lang, p, bounds), chosen: idx == 0 };
    periods.into_iter().enumerate().map(choice).collect()
}

fn period_words(lang: Lang, period: Period, bounds: Bounds) -> String {
    let Some((first, last)) = period.days(bounds) else { return t(lang, "return-until-today").into_owned() };
    let args = [("period", shown::period(lang, period).into()), ("from", date(first).into()), ("to", date(last).into())];
    t_with(lang, "return-period-days", &args).into_owned()
}

/// What a report is called: its template and its period.
pub(crate) fn title(lang: Lang, view: &ReturnView) -> String {
    let period = match view.period {
        Period::Once => t_with(lang, "return-once", &[("date", date(view.as_of).into())]).into_owned(),
        period => shown::period(lang, period),
    };
    let template = code(lang, "report-template", &view.template).into_owned();
    t_with(lang, "return-title", &[("template", template.into()), ("period", period.into())]).into_owned()
}

pub(crate) fn tag(lang: Lang, state: ReturnState) -> Tag {
    let (class, word) = match state {
        ReturnState::Draft => ("soon", "draft"),
        ReturnState::Approved => ("calm", "approved"),
        ReturnState::Sealed => ("good", "sealed"),
    };
    Tag { class, words: code(lang, "return-state", word).into_owned() }
}

/// Which letter, which unit as of when, which revision.
pub(crate) fn meta(lang: Lang, view: &ReturnView, letters: &[LetterRow]) -> Vec<String> {
    let letter = view.letter.as_ref().and_then(|id| letters.iter().find(|l| &l.id == id));
    let letter = letter.map_or_else(|| t(lang, "all-letters").into_owned(), |l| register::title(lang, l));
    let as_of = t_with(lang, "return-as-of", &[("unit", view.unit.name.as_str().into()), ("date", date(view.as_of).into())]);
    let revision = t_with(lang, "return-revision", &[("n", view.revision.into())]);
    vec![letter, as_of.into_owned(), revision.into_owned()]
}

fn item(lang: Lang, view: &ReturnView, letters: &[LetterRow]) -> ReturnItem {
    let href = format!("/returns/{}", view.id);
    ReturnItem { href, title: title(lang, view), meta: meta(lang, view, letters), tag: tag(lang, view.state) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_follow_from_the_template() {
        let offered = |template| periods(Lang::Vi, template, date(2026, 11, 24)).into_iter().map(|c| c.words).collect::<Vec<_>>();
        let monthly = offered("monthly");
        assert_eq!((monthly.len(), monthly[0].as_str()), (4, "Tháng 11/2026 (01/11/2026 – 30/11/2026)"));
        assert_eq!(offered("state_monthly")[0], "Tháng 12/2026 (15/11/2026 – 14/12/2026)");
        assert_eq!(offered("state_quarterly")[1], "Quý 3/2026 (15/06/2026 – 14/09/2026)");
        assert_eq!(offered("ad_hoc").len(), 9);
    }
}
