//! One lure: the letter that a drill sends, what gives it away, and how hard that is to see.
//!
//! Neutral ones only: an invented service inside the office. A lure that speaks of money, police, health, disaster, of a real
//! brand or that asks for a password is refused when it is read.
//!
//! ```text
//! parse("canteen.toml", text, &forbidden())  →  Lure { id: "canteen", … }
//! ```

use serde::Deserialize;

/// What stands in a lure's text where the link goes.
pub const LINK: &str = "{link}";

/// A letter for a drill.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lure {
    /// As its file is called.
    pub id: String,
    /// What it is about, for whoever chooses.
    pub title: String,
    /// An invented service inside the office that the letter says it comes from.
    pub sender: String,
    pub subject: String,
    /// Plain text with [`LINK`] in it, once.
    pub body: String,
    pub alignment: Alignment,
    /// What gives it away; told on the page behind the link.
    #[serde(rename = "cue")]
    pub cues: Vec<Cue>,
}

/// How well the premise fits what people there do every day: each 0 to 8 (NIST Phish Scale, TN 2276, table 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alignment {
    /// It looks like something that is done there.
    pub practice: u8,
    /// It matters for one's work.
    pub relevance: u8,
    /// It fits other things that happen just then.
    pub events: u8,
    /// One has to fear something if one does not follow it.
    pub consequence: u8,
    /// People were warned of just this; counts against it.
    pub warned: u8,
}

/// One thing that gives the letter away.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// As it stands in sender, subject or text; [`LINK`] for the link.
    pub quote: String,
    /// Why it should make one stop.
    pub why: String,
    /// How often it stands there.
    #[serde(default = "once")]
    pub times: u8,
}

fn once() -> u8 {
    1
}

crate::codes! {
    /// How hard the letter is to see through (NIST Phish Scale): the harder, the more people open it whatever they were taught.
    Difficulty {
        Least = "least",
        Moderate = "moderate",
        Very = "very",
    }
}

impl Lure {
    /// From the number of cues and how well the premise fits (TN 2276, table 3; "moderately to least" counts as moderate).
    pub fn difficulty(&self) -> Difficulty {
        let cues: u32 = self.cues.iter().map(|cue| u32::from(cue.times)).sum();
        let a = self.alignment;
        let fits = i32::from(a.practice) + i32::from(a.relevance) + i32::from(a.events) + i32::from(a.consequence) - i32::from(a.warned);
        let (few, many) = (cues <= 8, cues >= 15);
        match fits {
            18.. if many => Difficulty::Moderate,
            18.. => Difficulty::Very,
            11..=17 if few => Difficulty::Very,
            11..=17 => Difficulty::Moderate,
            _ if many => Difficulty::Least,
            _ => Difficulty::Moderate,
        }
    }

    /// The text with its link.
    pub fn text(&self, link: &str) -> String {
        self.body.replace(LINK, link)
    }

    /// Everything that a reader of the letter sees.
    fn seen(&self) -> String {
        [self.sender.as_str(), &self.subject, &self.body].join("\n")
    }
}

/// What no lure may speak of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forbidden {
    /// (theme, a word of it in small letters)
    pub words: Vec<(String, String)>,
    /// Providers of mail for everybody: nobody's own domain.
    pub public_domains: Vec<String>,
}

impl Forbidden {
    /// From the list of themes and the names that scammers borrow (as `rules/scam/brands.toml` has them).
    ///
    /// # Errors
    /// What is wrong with one of the two.
    pub fn parse(words: &str, brands: &str) -> Result<Forbidden, toml::de::Error> {
        let WordsFile { theme, public_domains } = toml::from_str(words)?;
        let BrandsFile { brand } = toml::from_str(brands)?;
        let of_themes = theme.into_iter().flat_map(|t| t.words.into_iter().map(move |word| (t.id.clone(), word.to_lowercase())));
        let of_brands = brand.into_iter().flat_map(|b| std::iter::once(b.title).chain(b.names).chain(b.domains));
        let words = of_themes.chain(of_brands.map(|name| ("brand".to_owned(), name.to_lowercase()))).collect();
        Ok(Forbidden { words, public_domains })
    }

    /// The first theme and word that a text speaks of.
    pub fn found_in(&self, text: &str) -> Option<(&str, &str)> {
        let text = text.to_lowercase();
        let found = self.words.iter().find(|(_, word)| has_word(&text, word));
        found.map(|(theme, word)| (theme.as_str(), word.as_str()))
    }

    /// Whether a domain belongs to a provider of mail for everybody.
    pub fn is_public(&self, domain: &str) -> bool {
        self.public_domains.iter().any(|public| public == domain)
    }
}

/// Whether a word, or several in a row, stand in a text by themselves.
fn has_word(text: &str, word: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| !inside(text[..at].chars().next_back()) && !inside(text[at + word.len()..].chars().next()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    theme: Vec<Theme>,
    public_domains: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Theme {
    id: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct BrandsFile {
    brand: Vec<Brand>,
}

#[derive(Deserialize)]
struct Brand {
    title: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    domains: Vec<String>,
}

/// Why a file is no lure.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {what}")]
pub struct Error {
    pub file: String,
    pub what: String,
}

/// A lure from the text of its file.
///
/// # Errors
/// [`Error`] says what is missing, unknown, forbidden or does not fit.
pub fn parse(file: &str, text: &str, forbidden: &Forbidden) -> Result<Lure, Error> {
    let wrong = |what: String| Error { file: file.to_owned(), what };
    let lure: Lure = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    if file.strip_suffix(".toml") != Some(lure.id.as_str()) {
        return Err(wrong(format!("is called {}", lure.id)));
    }
    if lure.body.matches(LINK).count() != 1 {
        return Err(wrong("the link stands in it once".to_owned()));
    }
    // A link beside ours would lead to somebody else's page; markup could show a picture, which tells who opened the letter.
    if lure.seen().contains(['<', '>'])
        || lure.seen().contains("://")
        || lure.subject.chars().chain(lure.sender.chars()).any(char::is_control)
    {
        return Err(wrong("plain words only".to_owned()));
    }
    if let Some((theme, word)) = forbidden.found_in(&lure.seen()) {
        return Err(wrong(format!("speaks of {theme}: {word}")));
    }
    let seen = lure.seen();
    if let Some(cue) = lure.cues.iter().find(|cue| !seen.contains(&cue.quote) || cue.times == 0) {
        return Err(wrong(format!("{:?} does not stand in it", cue.quote)));
    }
    if lure.cues.len() < 3 {
        return Err(wrong("three things that give it away are the least that can be taught".to_owned()));
    }
    let a = lure.alignment;
    if [a.practice, a.relevance, a.events, a.consequence, a.warned].iter().any(|n| *n > 8 || n % 2 == 1) {
        return Err(wrong("alignment is rated 0, 2, 4, 6 or 8".to_owned()));
    }
    Ok(lure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::{builtin, forbidden, shipped::FILES};

    const FINE: &str = r#"
id = "a"
title = "t"
sender = "Bộ phận phòng họp"
subject = "Đổi phòng họp"
body = "Kính gửi anh chị, xem tại {link} ngay hôm nay."
alignment = { practice = 4, relevance = 4, events = 2, consequence = 2, warned = 0 }
cue = [{ quote = "{link}", why = "w" }, { quote = "ngay hôm nay", why = "w" }, { quote = "Kính gửi anh chị", why = "w" }]
"#;

    fn refused(from: &str, to: &str) -> String {
        parse("a.toml", &FINE.replace(from, to), forbidden()).unwrap_err().what
    }

    #[test]
    fn no_lure_speaks_of_what_frightens_people_or_of_a_real_name() {
        assert!(parse("a.toml", FINE, forbidden()).is_ok());
        for (words, theme) in [
            ("Ngân hàng báo số dư", "bank"),
            ("Công an mời làm việc", "police"),
            ("Quyết toán thuế", "tax"),
            ("Kết quả xét nghiệm", "health"),
            ("Bảng lương tháng", "salary"),
            ("Cảnh báo bão", "disaster"),
            ("Nhập mật khẩu", "secret"),
            ("Kho Google của phòng", "brand"),
            ("Thẻ BIDV", "brand"),
        ] {
            assert!(refused("Đổi phòng họp", words).starts_with(&format!("speaks of {theme}")), "{words}");
        }
        // Only whole words: the first syllable of many honest ones is somebody's brand.
        assert!(parse("a.toml", &FINE.replace("Đổi phòng họp", "Chất lượng phòng họp"), forbidden()).is_ok());
    }

    #[test]
    fn a_lure_has_one_link_no_markup_and_says_what_gives_it_away() {
        assert!(refused("{link} ngay", "ngay").contains("link"));
        assert!(refused("xem tại", "<img src=x>").contains("plain words"));
        assert!(refused("xem tại", "https://khac.vn").contains("plain words"));
        assert!(refused("quote = \"ngay hôm nay\"", "quote = \"ngày mai\"").contains("does not stand"));
        assert!(refused("practice = 4", "practice = 5").contains("0, 2, 4"));
        assert!(refused("id = \"a\"", "id = \"b\"").contains("called"));
        assert!(refused("title =", "form = \"x\"\ntitle =").contains("form"));
    }

    #[test]
    fn the_shipped_lures_are_as_they_should_be() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/drills");
        let named = |name: String| name.ends_with(".toml") && !name.starts_with('_');
        let shipped = std::fs::read_dir(folder).unwrap().flatten().filter(|f| named(f.file_name().into_string().unwrap())).count();
        assert_eq!(FILES.len(), shipped, "a file has no line in the list");
        assert!((6..=8).contains(&builtin().len()));
        let kinds: std::collections::BTreeSet<&str> = builtin().iter().map(|lure| lure.difficulty().as_str()).collect();
        assert!(kinds.len() >= 2, "harder and easier ones: {kinds:?}");
        for lure in builtin() {
            assert!(lure.cues.len() >= 4 && lure.subject.chars().count() <= 80, "{}", lure.id);
        }
    }

    #[test]
    fn the_scale_of_nist() {
        let lure = parse("a.toml", FINE, forbidden()).unwrap();
        let of = |cues: u8, practice: u8, relevance: u8| {
            let cue = Cue { times: cues, ..lure.cues[0].clone() };
            let alignment = Alignment { practice, relevance, events: 0, consequence: 4, warned: 0 };
            Lure { cues: vec![cue], alignment, ..lure.clone() }.difficulty()
        };
        assert_eq!([of(3, 8, 8), of(3, 4, 4), of(3, 2, 2)], [Difficulty::Very, Difficulty::Very, Difficulty::Moderate]);
        assert_eq!([of(10, 8, 8), of(10, 4, 4), of(10, 2, 2)], [Difficulty::Very, Difficulty::Moderate, Difficulty::Moderate]);
        assert_eq!([of(20, 8, 8), of(20, 4, 4), of(20, 2, 2)], [Difficulty::Moderate, Difficulty::Moderate, Difficulty::Least]);
    }
}
