//! Finding one's commune among the 3,321 by any words of its name or province, without accents.
//!
//! ```text
//! find("lac phuong hai phong")  →  [Xã Lạc Phượng, Thành phố Hải Phòng]
//! ```

use programme::model::{Unit, UnitKind};
use programme::tree;
use std::sync::LazyLock;
use text::fold::search_key;

/// A commune of the built-in list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Official code of the commune.
    pub code: String,
    /// `Xã Lạc Phượng`.
    pub name: String,
    pub province: String,
    /// As it stands behind an office's name: `xã Lạc Phượng`.
    pub behind: String,
}

/// (key of the name, key of name and province, commune)
static KEYS: LazyLock<Vec<(String, String, &'static Unit)>> = LazyLock::new(|| {
    let communes = tree::BUILT_IN.values().filter(|u| u.kind == UnitKind::Commune);
    let key = |unit: &'static Unit| {
        let name = search_key(&unit.name);
        let all = format!("{name} {}", search_key(province(unit)));
        (name, all, unit)
    };
    communes.map(key).collect()
});

fn province(unit: &Unit) -> &'static str {
    unit.parent.as_ref().and_then(|id| tree::BUILT_IN.get(id)).map_or("", |p| p.name.as_str())
}

/// Communes in whose name and province every word begins some word; those called just so come first.
pub fn find(words: &str, limit: usize) -> Vec<Place> {
    let asked = search_key(words);
    let terms: Vec<&str> = asked.split(|c: char| !c.is_alphanumeric()).filter(|t| !t.is_empty()).collect();
    if terms.is_empty() {
        return Vec::new();
    }
    let fits = |all: &str| terms.iter().all(|term| all.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(term)));
    // The kind of commune is often left out: "lac phuong" is meant as much as "xa lac phuong".
    let plain = |name: &str| ["xa ", "phuong ", "dac khu "].iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name).to_owned();
    let mut found: Vec<_> = KEYS.iter().filter(|(_, all, _)| fits(all)).collect();
    let rank = |name: &str| {
        let bare = plain(name);
        u8::from(name != asked && bare != asked) * 2 + u8::from(!asked.starts_with(&bare) && !bare.starts_with(&asked))
    };
    found.sort_by_cached_key(|(name, all, _)| (rank(name), all.clone()));
    found.into_iter().take(limit).map(|(_, _, unit)| place(unit)).collect()
}

/// The commune with this code.
pub fn by_code(code: &str) -> Option<Place> {
    tree::commune(code).map(place)
}

fn place(unit: &Unit) -> Place {
    let mut letters = unit.name.chars();
    let first: String = letters.next().map(|c| c.to_lowercase().collect()).unwrap_or_default();
    // `Đặc khu`, `Phường`, `Xã`: only the kind is written small behind another name.
    let behind = format!("{first}{}", letters.as_str());
    let code = unit.code.clone().unwrap_or_default();
    Place { code, name: unit.name.clone(), province: province(unit).to_owned(), behind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_any_words_without_accents() {
        let shown = |words: &str| find(words, 3).into_iter().map(|p| format!("{}, {}", p.name, p.province)).collect::<Vec<_>>();
        assert_eq!(shown("lac phuong hai phong"), ["Xã Lạc Phượng, Thành phố Hải Phòng"]);
        assert_eq!(shown("Lạc Phượng")[0], "Xã Lạc Phượng, Thành phố Hải Phòng", "called just so");
        assert_eq!(shown("ba đình")[0], "Phường Ba Đình, Thành phố Hà Nội");
        assert_eq!(shown("con dao")[0], "Đặc khu Côn Đảo, Thành phố Hồ Chí Minh");
        assert_eq!(shown("không có nơi này"), Vec::<String>::new());
        assert_eq!(shown(" "), Vec::<String>::new());
        assert_eq!(find("con dao", 1)[0].behind, "đặc khu Côn Đảo");
        assert_eq!(by_code("00004").unwrap().behind, "phường Ba Đình");
    }
}
