//! The office as it stands at the head and foot of what it writes: its form, and who gets a copy.
//!
//! Not for what a letter says.

use super::form::LetterForm;
use super::names;
use publish::{Office, Recipient, Signature, System};

impl LetterForm {
    /// The office as the head and foot of a letter to its units.
    pub(super) fn letter_office(&self, to: &[String]) -> Office {
        self.office(&self.letter_symbol, names::recipients(self, &self.recipients, to, &[]))
    }

    /// The office as the head and foot of a report on the letters of these issuers.
    pub(super) fn report_office(&self, to: &[String], issuers: &[String]) -> Office {
        self.office(&self.report_symbol, names::recipients(self, &self.report_recipients, to, issuers))
    }

    fn office(&self, symbol: &str, recipients: Vec<Recipient>) -> Office {
        Office {
            system: match self.system.as_str() {
                "party" => System::Party,
                "front" => System::Front,
                _ => System::State,
            },
            superior: self.superior.clone(),
            issuer: self.issuer.clone(),
            speaker: self.speaker.clone(),
            place: self.place.clone(),
            symbol: symbol.to_owned(),
            recipients,
            archive: self.archive.clone(),
            signature: Signature { authority: self.authority.clone(), position: self.position.clone(), name: self.signer.clone() },
        }
    }
}
