//! End of support of operating systems: a small dated list that ships with the checks.
//!
//! The list is data (`rules/inspect/data/support.toml`), each entry with its source. A system that is not listed is unknown,
//! never "supported".
//!
//! ```text
//! support.find(&os_version_row) -> Some(Cycle { product: "Debian 12", ends: 2028-06-30, .. })
//! ```

use jiff::civil::Date;
use serde::Deserialize;

use crate::facts::{Cell, Facts, Row, Status, Table, Unseen, row};

/// The whole list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// The day on which the list was last compared with its sources.
    pub as_of: Date,
    #[serde(default, rename = "cycle")]
    pub cycles: Vec<Cycle>,
}

/// One release of one product.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cycle {
    /// As shown to people.
    pub product: String,
    /// The ID of os-release, or `windows`.
    pub platform: String,
    /// The version, matched whole or up to a dot; for Windows the build number.
    pub version: String,
    /// Windows: the entry is for these editions (first words of the edition's id); empty = all others.
    #[serde(default)]
    pub editions: Vec<String>,
    /// Windows: the entry is for servers.
    #[serde(default)]
    pub server: bool,
    /// The last day of security updates without a paid contract.
    pub ends: Date,
    pub source: String,
}

impl Support {
    /// Reads the list.
    ///
    /// # Errors
    /// The parser's message.
    pub fn load(content: &str) -> Result<Support, toml::de::Error> {
        toml::from_str(content)
    }

    /// The entry for a row of `os_version`; entries for named editions win over general ones.
    pub fn find(&self, os_version: &Row) -> Option<&Cycle> {
        let text = |name: &str| match os_version.get(name) {
            Some(Cell::Text(value)) => value.as_str(),
            _ => "",
        };
        let platform = text("platform");
        let version = if platform == "windows" { text("build") } else { text("version") };
        let server = os_version.get("server") == Some(&Cell::Bool(true));
        let edition = text("edition");
        self.cycles
            .iter()
            .filter(|cycle| cycle.platform == platform && cycle.server == server)
            .filter(|cycle| {
                let rest = version.strip_prefix(cycle.version.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
            .filter_map(|cycle| {
                let named = cycle.editions.iter().filter(|name| edition.starts_with(name.as_str()));
                let length = if cycle.editions.is_empty() { Some(0) } else { named.map(String::len).max() };
                length.map(|length| (length, cycle))
            })
            .max_by_key(|(length, _)| *length)
            .map(|(_, cycle)| cycle)
    }

    /// The derived table `os_support` for these facts; `None` where it is already there or nothing can be said.
    pub(crate) fn derive(&self, facts: &Facts) -> Option<Table> {
        if facts.table("os_support").is_some() {
            return None;
        }
        let system = facts.table("os_version")?;
        if !system.status.is_seen() {
            return Some(Table { rows: Vec::new(), ..system.clone() });
        }
        let Some(cycle) = system.rows.first().and_then(|found| self.find(found)) else {
            return Some(Table::unseen(Status::Unsupported, Unseen::UnlistedSystem, &["os_version"]));
        };
        let cells = row([
            ("product", cycle.product.as_str().into()),
            ("ends", cycle.ends.to_string().into()),
            ("source", cycle.source.as_str().into()),
            ("as_of", self.as_of.to_string().into()),
        ]);
        Some(Table::seen(&["os_version"], vec![cells]))
    }
}
