//! The brands that people trust, and names that are nearly theirs.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::domain::{Name, Near, is_bait, is_official_zone, is_one_step, look};
use crate::skeleton::coarse;

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
    /// So often copied that one letter changed counts although the name is short.
    #[serde(default)]
    pub(crate) copied: bool,
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
    by_coarse: HashMap<String, Vec<u32>>,
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

/// What stands beside a short name without a meaning of its own.
const RESTS: &[&str] = &["vn", "online", "the", "khachhang", "app", "24h"];

impl Brands {
    pub(crate) fn new(all: Vec<Brand>, known: Vec<String>) -> Brands {
        let own = all.iter().flat_map(|brand| brand.domains.iter().cloned()).chain(known).collect();
        let mut brands =
            Brands { all: Vec::new(), own, labels: Vec::new(), near: Near::default(), by_look: HashMap::new(), by_coarse: HashMap::new() };
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
        self.by_coarse.entry(coarse(&look)).or_default().push(of);
        self.labels.push(Label { look, suffix: suffix.to_owned(), brand });
    }

    pub(crate) fn titles(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.all.iter().map(|brand| (brand.title.as_str(), brand.domains.as_slice()))
    }

    /// Whether it is a brand's own, or a known one.
    pub(crate) fn owns(&self, name: &Name) -> bool {
        self.own.contains(&name.bought) || self.own.contains(&name.host)
    }

    /// The brand whose name this is nearly.
    pub(crate) fn alike(&self, name: &Name, is_baited: bool) -> Option<&Brand> {
        let whole = look(&name.label);
        let joined = (!name.left.is_empty()).then(|| look(&(name.left.concat() + &name.label)));
        let bare = bare(&name.label);
        let near = self.near.candidates(&whole).into_iter().map(|of| (of, whole.as_str(), false));
        let exact = [joined.as_deref(), bare.as_deref()]
            .into_iter()
            .flatten()
            .flat_map(|look| self.by_look.get(look).into_iter().flatten().map(move |of| (*of, look, true)));
        let coarse = self.by_coarse.get(&coarse(&whole)).into_iter().flatten().map(|of| (*of, whole.as_str(), false));
        let mut found = near.chain(exact).chain(coarse).map(|(of, look, is_joined)| (&self.labels[of as usize], look, is_joined));
        let found = found.find(|(label, look, is_joined)| self.is_alike(label, look, name, is_baited, *is_joined));
        found.map(|(label, _, _)| &self.all[label.brand])
    }

    fn is_alike(&self, label: &Label, look: &str, name: &Name, is_baited: bool, is_joined: bool) -> bool {
        let length = label.look.chars().count();
        let is_common = self.all[label.brand].common;
        if label.look == look {
            // The same letters under another ending, or spread over several labels.
            return !name.label.is_ascii() || if length < 4 || is_common { is_baited && !is_joined } else { true };
        }
        // State bodies alone have names here, and many of them are short.
        let is_state = is_official_zone(name);
        let is_copied = self.all[label.brand].copied;
        let same_ending = label.suffix == name.suffix || length == 5 && name.suffix.ends_with("vn");
        let is_disguised = !name.label.is_ascii() && same_ending && coarse(look) == coarse(&label.look);
        if label.suffix.is_empty() || length < 4 && !is_copied || is_state && length < ANYWHERE {
            return is_disguised;
        }
        if is_one_step(&label.look, look) {
            return if is_common { same_ending && length >= 5 } else { length >= ANYWHERE || same_ending || is_baited && length == 5 };
        }
        !is_common && same_ending | (length >= ANYWHERE + 2) && coarse(look) == coarse(&label.look)
    }

    /// The brand whose name stands within this one. `is_baited`: the name has a bait, a cheap ending or a free host, so that
    /// short and common names count too.
    pub(crate) fn within(&self, name: &Name, is_baited: bool) -> Option<&Brand> {
        if is_official_zone(name) {
            return None;
        }
        let head = name.host.strip_suffix(&format!(".{}", name.suffix)).unwrap_or(&name.host);
        let (front, undashed) = (name.left.join("."), head.replace('-', "."));
        let owned = self.all.iter().find(|brand| {
            brand.domains.iter().any(|own| own.len() >= 7 && (front.contains(own.as_str()) || undashed.contains(own.as_str())))
        });
        if owned.is_some() {
            return owned;
        }
        let squeezed = look(&name.label);
        let parts: Vec<String> = head.split(['.', '-', '_']).map(|part| look(part.trim_matches(|c: char| c.is_ascii_digit()))).collect();
        let found = self.labels.iter().find(|label| {
            let length = label.look.chars().count();
            let is_part = parts.contains(&label.look);
            if self.all[label.brand].common || length < 3 {
                return is_part && is_baited && length >= 3;
            }
            if length == 3 {
                return is_part && is_baited || surrounded(&squeezed, &label.look);
            }
            let is_near = |part: &String| part.len() + 1 >= label.look.len() && is_one_step(part, &label.look);
            is_part
                || length >= if is_baited { 4 } else { PART } && squeezed.contains(&label.look)
                || length == 4 && surrounded(&squeezed, &label.look)
                || length >= NEAR_PART && parts.iter().any(is_near)
        });
        found.map(|label| &self.all[label.brand])
    }
}

/// Whether a short name stands at the beginning or end of a longer one, and the rest is a bait: `cskhbidv`.
fn surrounded(whole: &str, name: &str) -> bool {
    whole.strip_prefix(name).or_else(|| whole.strip_suffix(name)).is_some_and(|rest| RESTS.contains(&rest) || is_bait(rest))
}

/// A label without what people put around a name: `www`, `com`, `vn`.
fn bare(label: &str) -> Option<String> {
    let whole = label.replace('-', "");
    let front = whole.strip_prefix("www").unwrap_or(&whole);
    let end = ["comvn", "govvn", "com", "vn", "net", "org"].iter().find_map(|end| front.strip_suffix(end)).unwrap_or(front);
    (end.len() < whole.len() && end.len() >= 4).then(|| look(end))
}
