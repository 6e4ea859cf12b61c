//! The brands that people trust, and names that are nearly theirs.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::domain::{Name, Near, is_one_step, look};

/// A name that people trust.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Brand {
    pub(crate) title: String,
    /// Its own, the first to be shown.
    pub(crate) domains: Vec<String>,
    #[serde(default)]
    pub(crate) names: Vec<String>,
    /// The name is also a common word, or stands in many honest names.
    #[serde(default)]
    pub(crate) common: bool,
}

/// All brands, ready to be compared with.
#[derive(Debug)]
pub(crate) struct Brands {
    all: Vec<Brand>,
    own: HashSet<String>,
    /// Labels of domains as they look, with their brand and suffix.
    labels: Vec<Label>,
    near: Near,
    by_look: HashMap<String, Vec<u32>>,
}

#[derive(Debug)]
struct Label {
    look: String,
    /// Of the domain; empty for a name without a domain.
    suffix: String,
    brand: usize,
}

/// Shortest name that counts as a part of a longer word.
const PART: usize = 6;
/// Shortest name of which one letter may be changed under any ending.
const ANYWHERE: usize = 6;
/// Shortest name of which one letter may be changed in a part of a longer one.
const NEAR_PART: usize = 8;

impl Brands {
    pub(crate) fn new(all: Vec<Brand>, known: Vec<String>) -> Brands {
        let own = all.iter().flat_map(|brand| brand.domains.iter().cloned()).chain(known).collect();
        let mut brands = Brands { all: Vec::new(), own, labels: Vec::new(), near: Near::default(), by_look: HashMap::new() };
        for (at, brand) in all.iter().enumerate() {
            for name in brand.domains.iter().filter_map(|domain| Name::of(domain)) {
                brands.add(look(&name.label), &name.suffix, at);
            }
            for name in &brand.names {
                brands.add(look(name), "", at);
            }
        }
        brands.all = all;
        brands
    }

    fn add(&mut self, look: String, suffix: &str, brand: usize) {
        let of = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
        self.near.add(&look, of);
        self.by_look.entry(look.clone()).or_default().push(of);
        self.labels.push(Label { look, suffix: suffix.to_owned(), brand });
    }

    /// Whether it is a brand's own, or a known one.
    pub(crate) fn owns(&self, name: &Name) -> bool {
        self.own.contains(&name.bought) || self.own.contains(&name.host)
    }

    /// The brand whose name this is nearly.
    pub(crate) fn alike(&self, name: &Name) -> Option<&Brand> {
        let whole = look(&name.label);
        let joined = (!name.left.is_empty()).then(|| look(&(name.left.concat() + &name.label)));
        let bare = bare(&name.label);
        let near = self.near.candidates(&whole).into_iter().map(|of| (of, whole.as_str(), false));
        let exact = [joined.as_deref(), bare.as_deref()].into_iter().flatten().flat_map(|look| {
            self.by_look.get(look).into_iter().flatten().map(move |of| (*of, look, true))
        });
        let mut found = near.chain(exact).filter_map(|(of, look, is_joined)| {
            let label = &self.labels[of as usize];
            self.is_alike(label, look, &name.suffix, is_joined).then_some(label)
        });
        found.next().map(|label| &self.all[label.brand])
    }

    fn is_alike(&self, label: &Label, look: &str, suffix: &str, is_joined: bool) -> bool {
        let length = label.look.chars().count();
        if label.look == look {
            // The same letters under another ending; a name without a domain is a name, nothing to be like.
            return !(label.suffix.is_empty() && length < 4) && !(is_joined && length < 4);
        }
        let same_ending = label.suffix == suffix;
        let may = if self.all[label.brand].common { same_ending && length >= 4 } else { length >= ANYWHERE || same_ending };
        may && !label.suffix.is_empty() && is_one_step(&label.look, look)
    }

    /// The brand whose name stands within this one. `is_baited`: the name has a bait, a cheap ending or a free host, so that
    /// short and common names count too.
    pub(crate) fn within(&self, name: &Name, is_baited: bool) -> Option<&Brand> {
        let head = name.host.strip_suffix(&format!(".{}", name.suffix)).unwrap_or(&name.host);
        let (front, undashed) = (name.left.join("."), head.replace('-', "."));
        let owned = self.all.iter().find(|brand| brand.domains.iter().any(|own| own.len() >= 7 && (front.contains(own.as_str()) || undashed.contains(own.as_str()))));
        if owned.is_some() {
            return owned;
        }
        let squeezed = look(&name.label);
        let parts: Vec<String> = head.split(['.', '-', '_']).map(|part| look(part.trim_matches(|c: char| c.is_ascii_digit()))).collect();
        let found = self.labels.iter().find(|label| {
            let length = label.look.chars().count();
            let is_part = parts.contains(&label.look);
            if self.all[label.brand].common || length < 4 {
                return is_part && is_baited && length >= 3;
            }
            let is_near = |part: &String| part.len() + 1 >= label.look.len() && is_one_step(part, &label.look);
            is_part
                || length >= if is_baited { 4 } else { PART } && squeezed.contains(&label.look)
                || length >= NEAR_PART && parts.iter().any(is_near)
        });
        found.map(|label| &self.all[label.brand])
    }
}

/// A label without what people put around a name: `www`, `com`, `vn`.
fn bare(label: &str) -> Option<String> {
    let whole = label.replace('-', "");
    let front = whole.strip_prefix("www").unwrap_or(&whole);
    let end = ["comvn", "govvn", "com", "vn", "net", "org"].iter().find_map(|end| front.strip_suffix(end)).unwrap_or(front);
    (end.len() < whole.len() && end.len() >= 4).then(|| look(end))
}
