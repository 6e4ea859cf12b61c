//! Which letter implements which, from the centre down: what each level carries on of the one above, and what it leaves out.

use app::access::Scope;
use app::lang::{code, date, t_with};
use app::letters;
use app::views::{CarriedView, ChainNode, Clause};
use askama::Template;
use axum::extract::{Path, State};

use crate::error::PageError;
use crate::pages::{Page, letter, letters as register};
use crate::shown;
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Frame, Visit};

/// Deeper levels are not set in any further.
const MOST_DEPTH: usize = 6;

#[derive(Template)]
#[template(path = "chain.html")]
pub(crate) struct ChainPage {
    frame: Frame,
    letter_href: String,
    letter_title: String,
    levels: Vec<Level>,
}

/// One letter of the chain, in its place from above.
struct Level {
    depth: usize,
    title: String,
    href: Option<String>,
    subject: Option<String>,
    meta: Vec<String>,
    tags: Vec<Tag>,
    here: bool,
    carries: Option<Carries>,
}

/// What a letter carries on of the one above.
struct Carries {
    words: String,
    cites: bool,
    carried: Vec<(String, Vec<String>)>,
    left_words: String,
    left_out: Vec<String>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(letter): Path<String>) -> Result<Page<ChainPage>, PageError> {
    let view = letter::load(&site, &visit, &letter).await?;
    let chain = letters::chain(&site.app, &view.row.id).await?.ok_or(PageError::NotFound)?;
    let scope = visit.scope(&site).await?;
    let frame = visit.frame("/letters");
    let mut levels = Vec::new();
    walk(&frame, &scope, &chain.top, 0, true, &mut levels);
    Ok(Page(ChainPage {
        letter_href: format!("/letters/{}", view.row.id),
        letter_title: register::title(frame.lang, &view.row),
        levels,
        frame,
    }))
}

fn walk(frame: &Frame, scope: &Scope, nodes: &[ChainNode], depth: usize, upper_seen: bool, levels: &mut Vec<Level>) {
    for node in nodes.iter().filter(|node| leads_to_seen(scope, node)) {
        let seen = node.letter.as_ref().is_some_and(|id| scope.sees_letter(id));
        levels.push(level(frame, node, depth, seen, upper_seen));
        // What was compared with a letter that this person may not see would tell its words.
        walk(frame, scope, &node.below, depth + 1, if node.letter.is_some() { seen } else { upper_seen }, levels);
    }
}

/// Whether a letter, or one below it, may be seen: those above are named by their codes, as the lower ones cite them.
fn leads_to_seen(scope: &Scope, node: &ChainNode) -> bool {
    node.letter.as_ref().is_some_and(|id| scope.sees_letter(id)) || node.below.iter().any(|below| leads_to_seen(scope, below))
}

fn level(frame: &Frame, node: &ChainNode, depth: usize, seen: bool, upper_seen: bool) -> Level {
    let lang = frame.lang;
    let kind = node.letter_type.as_deref().filter(|_| node.code.is_some()).map(app::documents::kind_name);
    let number = match kind {
        Some(_) => shown::letter_code_inside(lang, node.code.as_deref()),
        None => shown::letter_code(lang, node.code.as_deref()),
    };
    let name = [kind, Some(number)];
    let tag = |class, words: &str| Tag { class, words: words.to_owned() };
    let tags = match (&node.letter, node.direction) {
        (None, _) => vec![tag("soon", &frame.t("chain-cited"))],
        (_, Some(direction)) => vec![tag("", &code(lang, "direction", direction.as_str()))],
        _ => Vec::new(),
    };
    let here = node.asked.then(|| tag("calm", &frame.t("chain-here")));
    let dated = |day| t_with(lang, "letter-dated", &[("date", date(day).into())]).into_owned();
    Level {
        depth: depth.min(MOST_DEPTH),
        title: name.into_iter().flatten().collect::<Vec<_>>().join(" "),
        href: node.letter.as_ref().filter(|_| seen).map(|id| format!("/letters/{id}")),
        subject: node.subject.clone().filter(|_| seen),
        meta: [node.date.map(dated), node.issuer.clone()].into_iter().flatten().collect(),
        tags: here.into_iter().chain(tags).collect(),
        here: node.asked,
        carries: node.carries.as_ref().filter(|_| seen && upper_seen).map(|carried| carries(frame, carried)),
    }
}

fn carries(frame: &Frame, carried: &CarriedView) -> Carries {
    let clause = |clause: &Clause| match &clause.section {
        Some(section) => format!("{section}. {}", clause.text),
        None => clause.text.clone(),
    };
    let (n, left) = (carried.carried.len(), carried.left_out.len());
    Carries {
        words: frame.with("chain-carries", &[("n", n.into()), ("of", (n + left).into())]),
        cites: carried.cites,
        carried: carried.carried.iter().map(|c| (clause(&c.clause), c.by.iter().map(clause).collect())).collect(),
        left_words: frame.with("chain-left", &[("n", left.into())]),
        left_out: carried.left_out.iter().map(clause).collect(),
    }
}
