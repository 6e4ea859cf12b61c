//! Who looks at a page, in what language, for which unit: read from the session, with what every page shows around its
//! own content.
//!
//! A handler that takes a [`Visit`] is for people who are signed in: without a session there is none, and the answer is
//! the way to the page that lets people in. What they may see is a [`Scope`]; what they may do, `programme` decides.
//!
//! ```text
//! async fn show(visit: Visit, …) -> Result<Page<HomePage>, PageError> { Ok(Page(HomePage { frame: visit.frame("/"), … })) }
//! ```

use std::borrow::Cow;
use std::sync::Arc;

use app::access::{self, Scope};
use app::accounts::Owner;
use app::lang::{self, Arg, Lang};
use app::passkeys::{Address, NoPasskeys};
use app::programme::decide::{self, Reach};
use app::programme::ids::{TaskKey, UnitId};
use app::programme::model::{Actor, Role};
use app::sessions::From as Origin;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tokio::sync::OnceCell;

use crate::cookies;
use crate::error::PageError;
use crate::guard::Peer;
use crate::site::Site;
use crate::{assets, form};

/// One visit: who acts, in what language, from where.
pub(crate) struct Visit {
    pub(crate) lang: Lang,
    pub(crate) by: Actor,
    /// Id of the session, which is not its cookie.
    pub(crate) session: String,
    pub(crate) origin: Origin,
    /// The name by which the page was asked for.
    host: String,
    office: String,
    office_unit: UnitId,
    name: String,
    unit_name: String,
    units: Vec<Choice>,
    token: String,
    path: String,
    notice: Option<&'static str>,
    count: Option<u32>,
    scope: OnceCell<Arc<Scope>>,
}

/// One entry of a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) words: String,
    pub(crate) chosen: bool,
}

/// Who is signed in, for the corner of the page.
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) unit_name: String,
    /// Units to act for, where there are several.
    pub(crate) units: Vec<Choice>,
}

/// What stands around the content of every page, and the words of its templates.
pub(crate) struct Frame {
    pub(crate) lang: Lang,
    pub(crate) office: String,
    pub(crate) person: Option<Person>,
    pub(crate) token: String,
    pub(crate) path: String,
    pub(crate) notice: Option<&'static str>,
    /// What the notice counts.
    count: Option<u32>,
    here: &'static str,
}

pub(crate) struct MenuItem {
    pub(crate) href: &'static str,
    pub(crate) key: &'static str,
    pub(crate) here: bool,
}

/// Why there is no visit: the office is not set up yet, nobody is signed in, or something failed.
pub(crate) enum Turned {
    ToSetUp,
    ToSignIn(String),
    /// The office asks for a second factor first.
    ToFactor,
    Failed(PageError),
}

/// What is open to somebody who has to set up a second factor first.
const ENROL: &[&str] = &["/account/factor", "/account/passkeys", "/account/passkeys/begin"];

/// The parts of daily work; everything else is behind the last one.
const MENU: &[(&str, &str)] = &[
    ("/", "nav-home"),
    ("/letters", "nav-letters"),
    ("/tasks", "nav-tasks"),
    ("/meetings", "nav-meetings"),
    ("/outreach", "nav-outreach"),
    ("/digital", "nav-digital"),
    ("/difficulties", "nav-difficulties"),
    ("/cases", "nav-cases"),
    ("/returns", "nav-returns"),
    ("/manage", "nav-manage"),
];

/// The parts that are open to everybody, beside one another for whoever is not signed in.
const PUBLIC: &[(&str, &str)] = &[
    ("/scam", "nav-scam"),
    ("/warnings", "nav-warnings"),
    ("/learn", "nav-learn"),
    ("/hotlines", "nav-hotlines"),
    ("/sign-in", "nav-sign-in"),
];

impl Visit {
    /// The frame of a page in the part of the menu that begins with `here`.
    pub(crate) fn frame(self, here: &'static str) -> Frame {
        let Visit { lang, office, name, unit_name, units, token, path, notice, count, .. } = self;
        let person = Some(Person { name, unit_name, units });
        Frame { lang, office, person, token, path, notice, count, here }
    }

    /// What this person may look at, as it was when it was first asked for.
    pub(crate) async fn scope(&self, site: &Site) -> Result<Arc<Scope>, PageError> {
        let made = async || access::scope(&site.app, &self.by).await.map(Arc::new);
        Ok(Arc::clone(self.scope.get_or_try_init(made).await?))
    }

    /// Whoever changes their own account here.
    pub(crate) fn owner(&self) -> Owner<'_> {
        Owner { person: &self.by.person, session: &self.session, from: &self.origin }
    }

    /// Where the page stands, for passkeys.
    pub(crate) fn address(&self, site: &Site) -> Result<Address, NoPasskeys> {
        Address::of(site.secure, &self.host)
    }

    /// The task of an address. One that this person may not see is not there.
    pub(crate) async fn task(&self, site: &Site, key: &str) -> Result<TaskKey, PageError> {
        let key: TaskKey = key.parse().map_err(|_| PageError::NotFound)?;
        if self.scope(site).await?.sees_unit(&key.unit) { Ok(key) } else { Err(PageError::NotFound) }
    }

    /// Whether this person keeps the register of letters and works on their obligations.
    pub(crate) fn may_register(&self) -> bool {
        decide::may_register(&self.by, &self.office_unit).is_ok()
    }

    /// Refuses everybody who does not keep the register.
    pub(crate) fn registers(&self) -> Result<(), PageError> {
        decide::may_register(&self.by, &self.office_unit).map_err(|refusal| app::Error::from(refusal).into())
    }

    /// The unit of the office itself.
    pub(crate) fn office_unit(&self) -> &UnitId {
        &self.office_unit
    }

    /// Whether this person acts for the office itself.
    pub(crate) fn of_office(&self) -> bool {
        self.by.unit == self.office_unit
    }

    /// How this person reaches a unit.
    pub(crate) async fn reach(&self, site: &Site, unit: &UnitId) -> Result<Reach, PageError> {
        let units = app::office::units(&site.app).await?;
        let parents = units.iter().filter_map(|u| Some((u.id.clone(), u.parent.clone()?))).collect();
        Ok(decide::reach(&self.by, unit, &parents))
    }

    /// The office's name.
    pub(crate) fn office(&self) -> &str {
        &self.office
    }

    /// Whether this person may warn everybody in the name of the office.
    pub(crate) async fn may_warn(&self, site: &Site) -> Result<bool, PageError> {
        let reach = self.reach(site, &self.office_unit).await?;
        Ok(decide::may_warn(&self.by, reach).is_ok())
    }

    /// Refuses everybody who may not.
    pub(crate) async fn warns(&self, site: &Site) -> Result<(), PageError> {
        let reach = self.reach(site, &self.office_unit).await?;
        decide::may_warn(&self.by, reach).map_err(|refusal| app::Error::from(refusal).into())
    }

    /// Refuses those who only learn or speak.
    pub(crate) fn works(&self) -> Result<(), PageError> {
        let works: Vec<Role> = Role::ALL.iter().copied().filter(|role| role.works()).collect();
        self.needs(&works)
    }

    /// Refuses those who only learn, speak or assess.
    pub(crate) fn acts(&self) -> Result<(), PageError> {
        let acts: Vec<Role> = Role::ALL.iter().copied().filter(|role| role.acts()).collect();
        self.needs(&acts)
    }

    /// Refuses everybody who holds none of these roles.
    pub(crate) fn needs(&self, roles: &[Role]) -> Result<(), PageError> {
        let holds = roles.iter().any(|role| self.by.is(*role));
        if holds { Ok(()) } else { Err(PageError::Forbidden("role_missing".to_owned())) }
    }
}

impl Frame {
    /// The frame of a page for nobody in particular: before there is an office, before somebody signs in.
    pub(crate) fn bare(site: &Site, headers: &HeaderMap, office: String, path: &str) -> Frame {
        let bound = cookies::bound_to(headers, site.secure).unwrap_or_default();
        let token = form::token(&site.key, &bound);
        Frame { lang: cookies::lang(headers), office, person: None, token, path: path.to_owned(), notice: None, count: None, here: "" }
    }

    /// The frame of a page that is written into a folder: no form, nobody signed in.
    pub(crate) fn of_folder(lang: Lang, office: String) -> Frame {
        Frame { lang, office, person: None, token: String::new(), path: String::new(), notice: None, count: None, here: "" }
    }

    /// The same frame in the public part that begins with `here`.
    pub(crate) fn in_public(self, here: &'static str) -> Frame {
        Frame { here, ..self }
    }

    pub(crate) fn t(&self, key: &str) -> Cow<'static, str> {
        lang::t(self.lang, key)
    }

    pub(crate) fn code(&self, family: &str, code: &str) -> Cow<'static, str> {
        lang::code(self.lang, family, code)
    }

    pub(crate) fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        lang::t_with(self.lang, key, args).into_owned()
    }

    /// What became of a form, with how many things it made where it says so.
    pub(crate) fn notice_words(&self, notice: &str) -> String {
        self.code_with("notice", notice, &[("n", self.count.unwrap_or_default().into())])
    }

    /// The words of a code, with values set in.
    pub(crate) fn code_with(&self, family: &str, code: &str, args: &[(&str, Arg<'_>)]) -> String {
        lang::code_with(self.lang, family, code, args).into_owned()
    }

    /// A number for one form, see [`crate::once`].
    pub(crate) fn once(&self) -> String {
        crate::once::Once::draw()
    }

    pub(crate) fn asset(&self, name: &str) -> String {
        assets::href(name)
    }

    /// The menu, for whoever is signed in; on public pages, the way to the others.
    pub(crate) fn menu(&self) -> Vec<MenuItem> {
        let shown = match &self.person {
            Some(_) => MENU,
            None if self.here.is_empty() => &[],
            None => PUBLIC,
        };
        shown.iter().map(|&(href, key)| MenuItem { href, key, here: href == self.here }).collect()
    }
}

impl From<PageError> for Turned {
    fn from(error: PageError) -> Turned {
        Turned::Failed(error)
    }
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Turned::ToSetUp => Redirect::to("/setup").into_response(),
            Turned::ToFactor => Redirect::to("/account/factor?done=factor-asked").into_response(),
            Turned::ToSignIn(path) => {
                let to: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
                Redirect::to(&format!("/sign-in?to={to}")).into_response()
            }
            Turned::Failed(error) => error.into_response(),
        }
    }
}

#[derive(Deserialize)]
struct Done {
    done: Option<String>,
    n: Option<u32>,
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Turned;
    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Visit, Turned> {
        let office = app::office::show(&site.app).await.map_err(PageError::from)?.ok_or(Turned::ToSetUp)?;
        let path = own_path(parts.uri.path());
        // A form of somebody whose session is over leads to the first page, never to an address that only takes forms.
        let to = if parts.method == Method::GET { path.clone() } else { "/".to_owned() };
        let away = || Turned::ToSignIn(to.clone());
        let cookie = cookies::session(&parts.headers, site.secure).ok_or_else(away)?;
        let session = app::sessions::find(&site.app, &cookie).await.map_err(PageError::from)?.ok_or_else(away)?;
        if session.must_enrol && !ENROL.contains(&path.as_str()) {
            return Err(Turned::ToFactor);
        }
        let by = app::people::actor_in(&site.app, &session.person, session.unit.as_ref()).await.map_err(PageError::from)?;
        let by = by.ok_or_else(|| PageError::Forbidden("no_role_left".to_owned()))?;
        parts.extensions.insert(SignedIn(by.person.to_string()));
        let grants = app::people::grants(&site.app, &session.person).await.map_err(PageError::from)?;
        let mut units: Vec<Choice> = Vec::new();
        for grant in &grants {
            if !units.iter().any(|u| u.value == grant.unit.as_str()) {
                let chosen = grant.unit == by.unit;
                units.push(Choice { value: grant.unit.to_string(), words: grant.unit_name.clone(), chosen });
            }
        }
        let (done, count) = Query::<Done>::try_from_uri(&parts.uri).ok().map_or((None, None), |q| (q.0.done, q.0.n));
        let lang = cookies::lang(&parts.headers);
        let name = app::people::name(&site.app, &session.person).await.map_err(PageError::from)?;
        Ok(Visit {
            lang,
            session: session.id,
            origin: origin(parts),
            host: host(&parts.headers),
            office: office.unit.name,
            office_unit: office.unit.id,
            name: name.unwrap_or_else(|| lang::t(lang, "nobody").into_owned()),
            unit_name: units.iter().find(|u| u.chosen).map_or_else(String::new, |u| u.words.clone()),
            units,
            token: form::token(&site.key, &cookie),
            path,
            notice: app::lang::NOTICES.iter().copied().find(|n| Some(*n) == done.as_deref()),
            count,
            by,
            scope: OnceCell::new(),
        })
    }
}

/// The person that a request comes from; none while nobody knows them.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn(pub(crate) String);

/// Where a request comes from, as the door needs to know it.
pub(crate) fn origin(parts: &Parts) -> Origin {
    let agent = parts.headers.get(header::USER_AGENT).and_then(|a| a.to_str().ok()).unwrap_or_default();
    let address = parts.extensions.get::<Peer>().map(|peer| peer.0.clone()).unwrap_or_default();
    Origin { address, agent: agent.to_owned(), device: cookies::device(&parts.headers) }
}

/// The name by which a page was asked for, with its port; the guard knows it.
pub(crate) fn host(headers: &HeaderMap) -> String {
    headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default().to_owned()
}

/// A path of this server; anything that could lead elsewhere becomes the first page.
pub(crate) fn own_path(path: &str) -> String {
    // Readers of addresses drop tabs and line ends: `/<tab>/evil.example` would be `//evil.example`.
    let plain = path.starts_with('/') && !path.starts_with("//") && !path.contains(|c: char| c == '\\' || c.is_control());
    if plain { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_never_leads_elsewhere() {
        assert_eq!(own_path("/letters?q=a"), "/letters?q=a");
        let controls = ["/\t/evil.example/", "/\u{1}", "/a\0", "/\u{b}", "/\u{7f}", "/a\r\nb"];
        for path in ["//evil.example/", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""].into_iter().chain(controls) {
            assert_eq!(own_path(path), "/", "{path}");
        }
    }
}
