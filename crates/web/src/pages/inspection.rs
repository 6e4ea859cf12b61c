//! Inspection: what the machine itself can prove. This machine, a folder of files; the last verdict of every check.
//!
//! Only for the installation's administrator: what is inspected is the machine that the program runs on.

use app::assets::{self, AssetResult, AssetRow};
use app::lang::{Lang, code, date, moment, t, t_with};
use app::programme::model::{Role, Verdict};
use app::runs::{self, InspectRequest, ScanRequest};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, plans};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "inspection.html")]
pub(crate) struct InspectionPage {
    frame: Frame,
    errors: Vec<WrongField>,
    may_run: bool,
    units: Vec<Choice>,
    /// Whose files are looked through: the choice of the second form.
    files_units: Vec<Choice>,
    path: String,
    assets: Vec<AssetItem>,
    /// That a planned inspection found something worse.
    worse: Option<String>,
}

struct AssetItem {
    name: String,
    meta: Vec<String>,
    /// What has to be put right.
    wrong: Vec<ResultRow>,
    /// What nobody could see.
    unseen: Vec<ResultRow>,
    well: Vec<ResultRow>,
    summary: String,
    unseen_words: String,
    well_words: String,
}

struct ResultRow {
    tag: Tag,
    title: String,
    /// Why it matters, what should be seen, and what to do, as the check's own file says.
    why: Option<&'static str>,
    want: Option<&'static str>,
    remedies: Vec<(String, &'static str)>,
    excepted: Option<String>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Result<Page<InspectionPage>, PageError> {
    page(&site, visit, None).await
}

/// The page; what was typed comes back beside what is wrong with it.
async fn page(site: &Site, visit: Visit, typed: Option<(&Form, FieldError)>) -> Result<Page<InspectionPage>, PageError> {
    let scope = visit.scope(site).await?;
    let mut rows = assets::list(&site.app).await?;
    rows.retain(|row| scope.sees_unit(&row.unit));
    let units = app::office::units(&site.app).await?;
    let may_run = visit.by.is(Role::Admin);
    let worse = plans::worse(site, &visit).await?;
    let own = visit.by.unit.to_string();
    let frame = visit.frame("/manage");
    let sent = |field: &str, usual: &str| typed.as_ref().map_or(usual, |(form, _)| form.one(field)).to_owned();
    let choice =
        |u: &app::views::UnitRow, chosen: &str| Choice { chosen: u.id.as_str() == chosen, value: u.id.to_string(), words: u.name.clone() };
    let files_unit = sent("unit", &own);
    Ok(Page(InspectionPage {
        errors: typed.as_ref().map(|(_, wrong)| wrong_fields(&frame, std::slice::from_ref(wrong))).unwrap_or_default(),
        may_run,
        worse,
        units: units.iter().map(|u| choice(u, &own)).collect(),
        files_units: units.iter().map(|u| choice(u, &files_unit)).collect(),
        path: sent("path", ""),
        assets: rows.iter().map(|row| item(frame.lang, row)).collect(),
        frame,
    }))
}

/// Inspects the machine that the program runs on, read-only, and records what was found.
pub(crate) async fn host(State(site): State<Site>, visit: Visit, form: Form) -> Result<Redirect, PageError> {
    visit.needs(&[Role::Admin])?;
    let unit = form.one("unit").parse().map_err(|_| PageError::field("unit", "bad-choice"))?;
    let name = form.some("name").map_or_else(|| t(visit.lang, "inspection-this-machine").into_owned(), str::to_owned);
    runs::inspect(&site.app, &visit.by, InspectRequest { unit, name, root: None, backup_dirs: None }).await?;
    Ok(done("/inspection", "inspected"))
}

/// Scans a folder of this machine for secret marks and personal data; places and masks are kept, never what was found.
pub(crate) async fn files(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.needs(&[Role::Admin])?;
    let unit = form.one("unit").parse().map_err(|_| PageError::field("unit", "bad-choice"))?;
    let path = std::path::PathBuf::from(form.one("path"));
    if !path.is_absolute() || !tokio::fs::metadata(&path).await.is_ok_and(|found| found.is_dir()) {
        let wrong = FieldError { field: "path", code: "no-folder" };
        return Ok(page(&site, visit, Some((&form, wrong))).await?.into_response());
    }
    let name = form.some("name").map_or_else(|| path.display().to_string(), str::to_owned);
    runs::scan(&site.app, &visit.by, ScanRequest { unit, name, paths: vec![path] }, |_| ()).await?;
    Ok(done("/inspection", "inspected").into_response())
}

fn item(lang: Lang, row: &AssetRow) -> AssetItem {
    let last = row.last_run.map(|at| t_with(lang, "inspection-last-run", &[("at", moment(at).into())]).into_owned());
    let kind = code(lang, "asset-kind", row.kind.as_str()).into_owned();
    let mut results: Vec<_> = row.results.iter().collect();
    // What has to be put right stands first.
    results.sort_by_key(|r| (std::cmp::Reverse(r.verdict), r.check.clone()));
    let of = |verdicts: &[Verdict]| -> Vec<ResultRow> {
        results.iter().filter(|r| verdicts.contains(&r.verdict)).map(|r| result(lang, r)).collect()
    };
    let wrong = of(&[Verdict::Fail, Verdict::Warn]);
    let unseen = of(&[Verdict::Error, Verdict::NotTested]);
    let well = of(&[Verdict::Pass, Verdict::NotApplicable]);
    let count = |key: &str, n: usize| t_with(lang, key, &[("n", n.into())]).into_owned();
    AssetItem {
        summary: count("inspection-summary", wrong.len()),
        unseen_words: count("inspection-unseen", unseen.len()),
        well_words: count("inspection-well", well.len()),
        name: row.name.clone().unwrap_or_else(|| t(lang, "erased").into_owned()),
        meta: [Some(kind), Some(row.unit_name.clone()), last].into_iter().flatten().collect(),
        wrong,
        unseen,
        well,
    }
}

fn result(lang: Lang, r: &AssetResult) -> ResultRow {
    let check = app::lang::check(&r.check);
    let remedies = check.into_iter().flat_map(|c| {
        let by = [("inspection-fix-own", &c.fix.own), ("inspection-fix-it", &c.fix.it)];
        by.into_iter().filter_map(|(key, words)| Some((t(lang, key).into_owned(), words.as_deref()?)))
    });
    ResultRow {
        tag: tag(lang, r.verdict),
        title: app::lang::check_title(lang, &r.check).into_owned(),
        why: check.map(|c| c.why.as_str()),
        want: check.map(|c| c.want.as_str()),
        remedies: remedies.collect(),
        excepted: r.excepted_until.map(|day| t_with(lang, "inspection-excepted", &[("date", date(day).into())]).into_owned()),
    }
}

fn tag(lang: Lang, verdict: Verdict) -> Tag {
    let class = match verdict {
        Verdict::Pass => "good",
        Verdict::Fail | Verdict::Error => "bad",
        Verdict::Warn => "soon",
        Verdict::NotApplicable | Verdict::NotTested => "",
    };
    Tag { class, words: code(lang, "verdict", verdict.as_str()).into_owned() }
}
