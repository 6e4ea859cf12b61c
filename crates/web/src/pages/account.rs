//! My account: password, authenticator app, recovery codes, where I am signed in, my roles, delegating them, my data.

use app::accounts::{self, AccountRefusal, AccountView};
use app::lang::{Lang, date, moment};
use app::noted::{Noted, note};
use app::programme::decide::Refusal;
use app::programme::ids::{GrantId, UnitId};
use app::programme::model::Role;
use app::sessions::{self, SessionView};
use app::tokens::Purpose;
use app::views::GrantRow;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::passkeys::{Adding, Keys};
use crate::pages::sign_in::{RecoveryPage, wrong_password};
use crate::pages::tokens::TokenItem;
use crate::pages::{Page, done, evidence, only_here, sent_back};
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit, own_path};

#[derive(Template)]
#[template(path = "account.html")]
pub(crate) struct AccountPage {
    frame: Frame,
    account: Option<AccountView>,
    changed: Option<String>,
    recovery_words: String,
    /// The office asks for the app: it is changed for another one, not turned off.
    keeps_factor: bool,
    keys: Keys,
    sessions: Vec<SessionItem>,
    tokens: Vec<TokenItem>,
    purposes: Vec<Choice>,
    /// The last day that a token may have.
    latest: String,
    roles: Vec<GrantItem>,
    /// Roles of one's own that can be delegated.
    own_roles: Vec<Choice>,
    people: Vec<Choice>,
    until: String,
    errors: Vec<WrongField>,
    /// The form that stands open: `password`, `factor`, `recovery` or `token`.
    open: &'static str,
    token_name: String,
}

struct SessionItem {
    id: String,
    agent: String,
    meta: Vec<String>,
    here: bool,
}

/// A role with its bounds in words.
pub(crate) struct GrantItem {
    pub(crate) id: String,
    pub(crate) role: String,
    pub(crate) unit_name: String,
    pub(crate) bounds: Vec<String>,
}

#[derive(Template)]
#[template(path = "factor.html")]
pub(crate) struct FactorPage {
    frame: Frame,
    refused: Option<String>,
    errors: Vec<WrongField>,
    secret: String,
    qr: Qr,
    /// Not where somebody was led here right after their password.
    asks_password: bool,
    /// A passkey in place of the app, where the address allows.
    adding: Option<Adding>,
}

/// A QR code as one path of squares, for an SVG as wide as its modules.
pub(crate) struct Qr {
    pub(crate) width: usize,
    pub(crate) path: String,
}

impl Qr {
    /// `None` for a text that is too long for a code.
    pub(crate) fn of(text: &str) -> Option<Qr> {
        let code = qrcode::QrCode::new(text.as_bytes()).ok()?;
        let side = code.width();
        let mut path = String::new();
        for (y, row) in code.to_colors().chunks(side).enumerate() {
            let mut at = 0;
            for run in row.chunk_by(|a, b| a == b) {
                // Four light modules around it, as the standard asks (ISO/IEC 18004); lines run through the middle of modules.
                if run.first() == Some(&qrcode::Color::Dark) {
                    path.push_str(&format!("M{} {}.5h{}", at + 4, y + 4, run.len()));
                }
                at += run.len();
            }
        }
        Some(Qr { width: side + 8, path })
    }
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Result<Page<AccountPage>, PageError> {
    let by = visit.by.clone();
    let account = accounts::show(&site.app, &by.person).await?;
    let sessions = sessions::list(&site.app, &by.person, &visit.session).await?;
    let grants = app::people::grants(&site.app, &by.person).await?;
    let people = app::people::list(&site.app).await?;
    let tokens = app::tokens::list(&site.app, &by.person).await?;
    let keys = Keys::of(&site, &visit).await?;
    let keeps_factor = !accounts::may_turn_off_factor(&site.app, &by.person).await?;
    let frame = visit.frame("/manage");
    let lang = frame.lang;
    let own = grants.iter().filter(|g| g.unit == by.unit && g.delegated_by.is_none() && g.role.works());
    let role = |g: &GrantRow| Choice { value: g.role.to_string(), words: frame.code("role", g.role.as_str()).into_owned(), chosen: false };
    let person = |p: &app::views::PersonRow| {
        let words = format!("{} – {}", p.name.clone().unwrap_or_default(), p.unit_name);
        Choice { value: p.id.to_string(), words, chosen: false }
    };
    Ok(Page(AccountPage {
        changed: account.as_ref().and_then(|a| a.changed_at).map(|at| frame.with("account-changed", &[("date", date(at.day()).into())])),
        recovery_words: frame.with("account-recovery-left", &[("n", account.as_ref().map_or(0, |a| a.recovery_left).into())]),
        keeps_factor,
        keys,
        sessions: sessions.iter().map(|s| session(&frame, s)).collect(),
        tokens: tokens.iter().map(|t| TokenItem::of(&frame, t)).collect(),
        purposes: Purpose::ALL
            .iter()
            .map(|p| Choice {
                value: p.as_str().to_owned(),
                words: frame.code("token-purpose", p.as_str()).into_owned(),
                chosen: *p == Purpose::Calendar,
            })
            .collect(),
        latest: dates::written(app::tokens::latest_end(&site.app)),
        roles: grants.iter().map(|g| grant(lang, g)).collect(),
        own_roles: own.map(role).collect(),
        people: people.iter().filter(|p| p.id != by.person && p.name.is_some()).map(person).collect(),
        until: String::new(),
        errors: Vec::new(),
        open: "",
        token_name: String::new(),
        account,
        frame,
    }))
}

fn session(frame: &Frame, s: &SessionView) -> SessionItem {
    let at = |key: &str, at| frame.with(key, &[("at", moment(at).into())]);
    let meta = vec![at("account-session-since", s.created_at), at("account-session-seen", s.seen_at), s.address.clone()];
    SessionItem { id: s.id.clone(), agent: agent(&s.agent), meta: meta.into_iter().filter(|m| !m.is_empty()).collect(), here: s.here }
}

/// The browser's name and system out of what it calls itself; all of it when neither is known.
fn agent(text: &str) -> String {
    let first = |names: &[&'static str]| names.iter().find(|name| text.contains(**name)).copied();
    // Chrome calls itself Safari, Edge calls itself Chrome: the narrower name first.
    let browser = first(&["Edg", "OPR", "CocCoc", "coc_coc", "Firefox", "Chrome", "Safari"]);
    let system = first(&["Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux"]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{}, {system}", if browser == "Edg" { "Edge" } else { browser }),
        _ => text.chars().take(60).collect(),
    }
}

pub(crate) fn grant(lang: Lang, g: &GrantRow) -> GrantItem {
    let t = |key| app::lang::t(lang, key).into_owned();
    let bounds = [
        g.subtree.then(|| t("person-role-subtree")),
        g.until.map(|until| app::lang::t_with(lang, "person-role-until", &[("date", date(until).into())]).into_owned()),
        g.delegated_by_name
            .as_ref()
            .map(|name| app::lang::t_with(lang, "person-role-delegated", &[("name", name.as_str().into())]).into_owned()),
    ];
    GrantItem {
        id: g.id.to_string(),
        role: app::lang::code(lang, "role", g.role.as_str()).into_owned(),
        unit_name: g.unit_name.clone(),
        bounds: bounds.into_iter().flatten().collect(),
    }
}

/// The account's page with one of its forms open, as it was sent, and what is wrong with it. Passwords are typed anew.
pub(crate) async fn again(site: &Site, visit: Visit, open: &'static str, form: &Form, wrong: &[FieldError]) -> Result<Response, PageError> {
    let Page(mut page) = show(State(site.clone()), visit).await?;
    page.open = open;
    page.errors = wrong_fields(&page.frame, wrong);
    if open == "token" {
        (page.token_name, page.latest) = (form.one("name").to_owned(), form.one("until").to_owned());
        page.purposes.iter_mut().for_each(|choice| choice.chosen = choice.value == form.one("purpose"));
    }
    Ok(sent_back(Page(page)))
}

/// The page again where the password of the account was wrong, or guessed at too often; any other error as it is.
async fn asked_again(site: &Site, visit: Visit, open: &'static str, field: &'static str, error: app::Error) -> Result<Response, PageError> {
    match error {
        app::Error::Account(refusal @ (AccountRefusal::WrongPassword | AccountRefusal::Waits)) => {
            again(site, visit, open, &Form::empty(), &[FieldError { field, code: refusal.code() }]).await
        }
        other => Err(other.into()),
    }
}

/// The page with the form open that takes this passkey away, and what is wrong with the password.
pub(crate) async fn key_again(site: &Site, visit: Visit, key: &str, code: &'static str) -> Result<Response, PageError> {
    let Page(mut page) = show(State(site.clone()), visit).await?;
    page.errors = wrong_fields(&page.frame, &[FieldError { field: "key-old", code }]);
    page.keys.opens(key);
    Ok(sent_back(Page(page)))
}

pub(crate) async fn password(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    let wrong = wrong_password(&form);
    if !wrong.is_empty() {
        return again(&site, visit, "password", &form, &wrong).await;
    }
    let (old, new) = (form.raw("old"), form.raw("password"));
    match accounts::change_password(&site.app, visit.owner(), old, new).await {
        Ok(()) => Ok(done("/account", "password").into_response()),
        Err(app::Error::Account(AccountRefusal::WeakPassword)) => {
            let wrong = FieldError { field: "password", code: AccountRefusal::WeakPassword.code() };
            again(&site, visit, "password", &form, &[wrong]).await
        }
        Err(error) => asked_again(&site, visit, "password", "old", error).await,
    }
}

pub(crate) async fn factor_form(State(site): State<Site>, visit: Visit) -> Result<Page<FactorPage>, PageError> {
    factor_page(&site, visit, None).await
}

async fn factor_page(site: &Site, visit: Visit, refused: Option<AccountRefusal>) -> Result<Page<FactorPage>, PageError> {
    let new = accounts::begin_second_factor(&site.app, &visit.by.person, &visit.session).await?;
    let qr = Qr::of(&new.address).ok_or_else(|| PageError::Internal(anyhow::anyhow!("an address too long for a QR code")))?;
    let secret = new.secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    let adding = Adding::at(site, &visit).ok();
    let asks_password = accounts::factor_asks_password(&site.app, visit.owner()).await?;
    let frame = visit.frame("/manage");
    let of_password = |r: &AccountRefusal| asks_password && matches!(r, AccountRefusal::WrongPassword | AccountRefusal::Waits);
    let (wrong, refused) = match refused {
        Some(refusal) if of_password(&refusal) => (vec![FieldError { field: "factor-old", code: refusal.code() }], None),
        other => (Vec::new(), other.map(|refusal| frame.code("refusal", refusal.code()).into_owned())),
    };
    Ok(Page(FactorPage { errors: wrong_fields(&frame, &wrong), frame, refused, secret, qr, asks_password, adding }))
}

pub(crate) async fn factor(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    match accounts::confirm_second_factor(&site.app, visit.owner(), form.one("code"), form.raw("old")).await {
        Ok(()) => Ok(done("/account", "factor-on").into_response()),
        // The same secret as before: the app that scanned it shows codes for it.
        Err(app::Error::Account(refusal)) => Ok(factor_page(&site, visit, Some(refusal)).await?.into_response()),
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn factor_off(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    match accounts::remove_second_factor(&site.app, visit.owner(), form.raw("old")).await {
        Ok(()) => Ok(done("/account", "factor-off").into_response()),
        Err(error) => asked_again(&site, visit, "factor", "factor-old", error).await,
    }
}

pub(crate) async fn recovery(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    match accounts::new_recovery(&site.app, visit.owner(), form.raw("old")).await {
        Ok(codes) => {
            let page = RecoveryPage { frame: visit.frame("/manage"), codes, next: "/account".to_owned() };
            Ok(only_here(Page(page)))
        }
        Err(error) => asked_again(&site, visit, "recovery", "recovery-old", error).await,
    }
}

pub(crate) async fn end_session(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Redirect, PageError> {
    let ended = sessions::end(&site.app, &visit.by.person, &id, &visit.origin).await?;
    if ended { Ok(done("/account", "session-ended")) } else { Err(PageError::NotFound) }
}

/// For which of several units one acts from now on.
pub(crate) async fn act_for(State(site): State<Site>, visit: Visit, form: Form) -> Result<Redirect, PageError> {
    let unit: UnitId = form.one("unit").parse().map_err(|_| PageError::field("unit", "bad-choice"))?;
    let grants = app::people::grants(&site.app, &visit.by.person).await?;
    if !grants.iter().any(|g| g.unit == unit) {
        return Err(PageError::field("unit", "bad-choice"));
    }
    sessions::act_for(&site.app, &visit.session, &unit).await?;
    Ok(done(&own_path(form.one("back")), "acting"))
}

pub(crate) async fn delegate(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    let to = form.one("person").parse().map_err(|_| PageError::field("person", "bad-choice"))?;
    let role: Role = form.one("role").parse().map_err(|_| PageError::field("role", "bad-choice"))?;
    let delegated = match dates::read(form.one("until")) {
        None => Some("bad-day"),
        Some(until) => match app::people::delegate(&site.app, &visit.by, &to, role, until).await {
            Err(app::Error::Refused(Refusal::EndDatePast)) => Some(Refusal::EndDatePast.code()),
            other => {
                other?;
                None
            }
        },
    };
    if let Some(code) = delegated {
        let Page(mut page) = show(State(site), visit).await?;
        page.errors = wrong_fields(&page.frame, &[FieldError { field: "until", code }]);
        page.until = form.one("until").to_owned();
        let chosen = |choices: &mut Vec<Choice>, name| choices.iter_mut().for_each(|c| c.chosen = c.value == form.one(name));
        chosen(&mut page.people, "person");
        chosen(&mut page.own_roles, "role");
        return Ok(sent_back(Page(page)));
    }
    Ok(done("/account", "delegated").into_response())
}

/// Takes a role away: an administrator any, everybody what they delegated themselves.
pub(crate) async fn revoke(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let id: GrantId = id.parse().map_err(|_| PageError::NotFound)?;
    app::people::revoke(&site.app, &visit.by, &id).await?;
    Ok(done(&own_path(form.one("back")), "revoked"))
}

/// Everything that is kept of oneself, as a file.
pub(crate) async fn data(State(site): State<Site>, visit: Visit) -> Result<Response, PageError> {
    let data = app::privacy::export(&site.app, &visit.by, &visit.by.person).await?;
    note(&site.app, Noted::DataExported, Some(&visit.by.person), &visit.origin).await?;
    Ok(evidence::attachment("du-lieu-cua-toi.json", data.to_json().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_by_the_names_people_know() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(agent(edge), "Edge, Windows");
        assert_eq!(agent("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"), "Firefox, Linux");
        assert_eq!(agent("curl/8"), "curl/8");
    }

    #[test]
    fn a_qr_code_has_its_quiet_zone_and_its_corners() {
        let qr = Qr::of("LUYTRE").unwrap();
        assert_eq!(qr.width, 29, "version 1 is 21 modules wide");
        assert!(qr.path.starts_with("M4 4.5h7M"), "the corner of the finder pattern: {}", &qr.path[..20]);
    }
}
