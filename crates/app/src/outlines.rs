//! Talk outlines: for each topic of a letter, the paragraphs of the directive and plan it goes with that say most about it.
//!
//! The sources are the letters of the register that this one attaches or implements, as far as the person may see them. What
//! is cited and not there is named; nothing is said in its place. Which quotes stay is the person's choice, and is not kept.
//!
//! ```text
//! let view = outlines::show(&app, &scope, &letter).await?;
//! let paper = outlines::document(&app, view, |topic, nth| …).await?;
//! ```

use std::collections::BTreeSet;

use programme::ids::LetterId;
use publish::outline::{Quote, SourceText, Topic};
use publish::{IssueDate, OfficialLetter};

use crate::access::Scope;
use crate::documents::{self, bare_paper};
use crate::letters::upper::Codes;
use crate::letters::{self, Letterhead};
use crate::views::{LetterView, ReferenceMeta};
use crate::{App, Result};

/// Ways in which a letter says that another one belongs to it.
const RELATIONS: [&str; 2] = ["attaches", "implements"];

/// What could be said on each topic of a letter, with its sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineView {
    /// As a sentence names the letter.
    pub named: String,
    pub topics: Vec<Topic>,
    pub sources: Vec<SourceText>,
    /// The letters of the sources, in the same order.
    pub source_letters: Vec<LetterId>,
    /// Codes of letters that it attaches or implements and that are not in the register.
    pub lacking: Vec<String>,
    /// By topic, the best first.
    pub quotes: Vec<Vec<Quote>>,
}

/// What could be said; `None` where the letter lists no topics, or is not one that this person may see.
pub async fn show(app: &App, scope: &Scope, letter: &LetterId) -> Result<Option<OutlineView>> {
    let Some(view) = letters::show(app, letter).await?.filter(|_| scope.sees_letter(letter)) else { return Ok(None) };
    if view.meta.topics.is_empty() || view.text.is_none() {
        return Ok(None);
    }
    let topics = view.meta.topics.iter().map(|(section, text)| Topic { section: section.clone(), text: text.clone() }).collect::<Vec<_>>();
    let (ids, lacking) = sources(app, scope, &view).await?;
    let (mut sources, mut source_letters) = (Vec::new(), Vec::new());
    for id in ids {
        if let Some(source) = letters::show(app, &id).await?.and_then(|view| source(&view)) {
            sources.push(source);
            source_letters.push(id);
        }
    }
    let (wanted, given) = (topics.clone(), sources.clone());
    let quotes = app.engine("outline", move || publish::outline::quotes(&wanted, &given)).await?;
    Ok(Some(OutlineView { named: documents::named(&view), topics, sources, source_letters, lacking, quotes }))
}

/// The letters that may be quoted, and the codes of those that are not there.
async fn sources(app: &App, scope: &Scope, view: &LetterView) -> Result<(Vec<LetterId>, Vec<String>)> {
    let all = app.snapshot().await?;
    let codes = Codes::of(&all);
    let (mut ids, mut lacking) = (Vec::new(), BTreeSet::new());
    let may_quote = |id: &LetterId| *id != view.row.id && scope.sees_letter(id);
    let cited = view.meta.references.iter().filter(|r| RELATIONS.contains(&r.relation.as_str()) && r.code != view.row.code);
    for reference in cited {
        let found: Vec<LetterId> = codes.meant(reference).map(|letter| letter.facts.id.clone()).filter(&may_quote).collect();
        if found.is_empty() {
            lacking.extend(named(reference));
        }
        ids.extend(found);
    }
    ids.extend(view.implements.clone().filter(&may_quote));
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    Ok((ids, lacking.into_iter().collect()))
}

fn named(reference: &ReferenceMeta) -> Option<String> {
    let code = reference.code.as_ref()?;
    Some(match &reference.letter_type {
        Some(kind) => format!("{} {code}", documents::kind_name(kind)),
        None => code.clone(),
    })
}

/// The text of a letter below its head; `None` where no text of it is kept.
fn source(view: &LetterView) -> Option<SourceText> {
    let text = view.text.as_ref()?;
    let from = Letterhead::of(text, view.meta.subject.as_deref()).map_or(0, |head| head.end);
    Some(SourceText { named: documents::named(view), text: text.get(from..).unwrap_or(text).to_owned() })
}

/// The outline as a document, with the quotes that `keep` says yes to: by the place of the topic and of the quote in it.
pub async fn document(app: &App, view: &OutlineView, keep: impl Fn(usize, usize) -> bool) -> Result<OfficialLetter> {
    let today = app.now().day();
    // The day stays open: it is written when somebody signs.
    let paper = bare_paper(app, None, IssueDate { day: None, month: Some(today.month()), year: today.year() }).await?;
    let kept = |(topic, quotes): (usize, &Vec<Quote>)| {
        quotes.iter().enumerate().filter(|(nth, _)| keep(topic, *nth)).map(|(_, quote)| quote.clone()).collect::<Vec<_>>()
    };
    let kept: Vec<Vec<Quote>> = view.quotes.iter().enumerate().map(kept).collect();
    Ok(publish::outline::outline(paper, &view.named, &view.topics, &view.sources, &kept))
}
