//! The forms of scam: how each goes, by which signs it is known, what to do.
//!
//! To add a form: a file in `rules/scam/forms/` and a line here. They are told to people; what finds them in a message are the
//! rules beside them.

use std::sync::LazyLock;

use serde::Deserialize;

/// A form of scam, in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// As its file is called.
    pub id: String,
    pub title: String,
    pub group: Group,
    /// How it goes, step by step.
    pub how: String,
    /// What they want.
    pub aims: Vec<Aim>,
    /// Signs that anybody can see.
    pub signs: Vec<String>,
    /// An invented message or call as it would come.
    pub example: String,
    /// What to do now, in order.
    #[serde(rename = "do")]
    pub dos: Vec<String>,
    /// What to do where money or a code was given already.
    pub already: Vec<String>,
    /// Who is most often aimed at.
    pub who: String,
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// The three groups of the handbook of 2023.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// A brand or an office is impersonated.
    Brand,
    /// An account is taken over.
    Account,
    Combined,
}

/// What a scam wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aim {
    Money,
    Otp,
    PersonalData,
    Account,
    Malware,
}

impl Group {
    pub const ALL: &'static [Group] = &[Group::Brand, Group::Account, Group::Combined];

    pub fn as_str(self) -> &'static str {
        match self {
            Group::Brand => "brand",
            Group::Account => "account",
            Group::Combined => "combined",
        }
    }
}

impl Aim {
    pub const ALL: &'static [Aim] = &[Aim::Money, Aim::Otp, Aim::PersonalData, Aim::Account, Aim::Malware];

    pub fn as_str(self) -> &'static str {
        match self {
            Aim::Money => "money",
            Aim::Otp => "otp",
            Aim::PersonalData => "personal-data",
            Aim::Account => "account",
            Aim::Malware => "malware",
        }
    }
}

/// Where what is said comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub name: String,
    pub number: Option<String>,
    pub article: Option<String>,
    /// ISO 8601, as precise as it is known.
    pub date: Option<String>,
    pub note: Option<String>,
}

static FILES: &[(&str, &str)] = &[
    ("account-recovery.toml", include_str!("../../../rules/scam/forms/account-recovery.toml")),
    ("account-takeover.toml", include_str!("../../../rules/scam/forms/account-takeover.toml")),
    ("brand-sms.toml", include_str!("../../../rules/scam/forms/brand-sms.toml")),
    ("charity.toml", include_str!("../../../rules/scam/forms/charity.toml")),
    ("cheap-tour.toml", include_str!("../../../rules/scam/forms/cheap-tour.toml")),
    ("child-model.toml", include_str!("../../../rules/scam/forms/child-model.toml")),
    ("deepfake-call.toml", include_str!("../../../rules/scam/forms/deepfake-call.toml")),
    ("emergency-call.toml", include_str!("../../../rules/scam/forms/emergency-call.toml")),
    ("fake-gift.toml", include_str!("../../../rules/scam/forms/fake-gift.toml")),
    ("fake-lender.toml", include_str!("../../../rules/scam/forms/fake-lender.toml")),
    ("fake-police.toml", include_str!("../../../rules/scam/forms/fake-police.toml")),
    ("fake-receipt.toml", include_str!("../../../rules/scam/forms/fake-receipt.toml")),
    ("fake-shop.toml", include_str!("../../../rules/scam/forms/fake-shop.toml")),
    ("fake-site.toml", include_str!("../../../rules/scam/forms/fake-site.toml")),
    ("fake-tax.toml", include_str!("../../../rules/scam/forms/fake-tax.toml")),
    ("fake-vneid.toml", include_str!("../../../rules/scam/forms/fake-vneid.toml")),
    ("gambling-loan-app.toml", include_str!("../../../rules/scam/forms/gambling-loan-app.toml")),
    ("identity-loan.toml", include_str!("../../../rules/scam/forms/identity-loan.toml")),
    ("investment.toml", include_str!("../../../rules/scam/forms/investment.toml")),
    ("lost-money-news.toml", include_str!("../../../rules/scam/forms/lost-money-news.toml")),
    ("lottery.toml", include_str!("../../../rules/scam/forms/lottery.toml")),
    ("money-recovery.toml", include_str!("../../../rules/scam/forms/money-recovery.toml")),
    ("parcel.toml", include_str!("../../../rules/scam/forms/parcel.toml")),
    ("phishing-link.toml", include_str!("../../../rules/scam/forms/phishing-link.toml")),
    ("power-cut.toml", include_str!("../../../rules/scam/forms/power-cut.toml")),
    ("prize.toml", include_str!("../../../rules/scam/forms/prize.toml")),
    ("qr-swap.toml", include_str!("../../../rules/scam/forms/qr-swap.toml")),
    ("romance.toml", include_str!("../../../rules/scam/forms/romance.toml")),
    ("sim-lock.toml", include_str!("../../../rules/scam/forms/sim-lock.toml")),
    ("social-insurance.toml", include_str!("../../../rules/scam/forms/social-insurance.toml")),
    ("task-job.toml", include_str!("../../../rules/scam/forms/task-job.toml")),
    ("telegram-otp.toml", include_str!("../../../rules/scam/forms/telegram-otp.toml")),
    ("wrong-transfer.toml", include_str!("../../../rules/scam/forms/wrong-transfer.toml")),
];

static FORMS: LazyLock<Vec<Form>> =
    LazyLock::new(|| FILES.iter().map(|(_, text)| toml::from_str(text).expect("a test reads the shipped forms")).collect());

/// The shipped forms, in the order of their names.
pub fn forms() -> &'static [Form] {
    &FORMS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Verdict, builtin, check};

    #[test]
    fn every_form_is_whole_and_called_as_its_file() {
        for ((file, text), form) in FILES.iter().zip(forms()) {
            assert_eq!(file.strip_suffix(".toml"), Some(form.id.as_str()));
            assert!(!form.sources.is_empty() && form.signs.len() >= 3 && form.dos.len() >= 3 && form.already.len() >= 2, "{file}");
            assert_eq!(text::normalize::nfc(text), *text, "{file}");
        }
        let shipped = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/scam/forms")).unwrap().count();
        assert_eq!(FILES.len(), shipped, "a file has no line in the list");
    }

    #[test]
    fn the_check_knows_the_examples_that_people_are_shown() {
        let missed: Vec<&str> =
            forms().iter().filter(|form| check(&form.example, builtin()).verdict == Verdict::NoSign).map(|form| form.id.as_str()).collect();
        assert!(missed.is_empty(), "{missed:?}");
    }
}
