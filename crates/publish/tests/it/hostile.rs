//! Text of a letter is never markup, and no text breaks the file.

use proptest::prelude::*;
use publish::{Annex, Block, Check, Column, Heading, OfficialLetter, Recipient, Row, Signature, System, Table, Text};

use crate::unpack;

const HOSTILE: &str = "<w:p/> & ]]> &amp; \"'\u{0}\u{1b}\u{7f}\u{ffff}\u{202e}#let *đậm* _nghiêng_ $x$ = - + @a \\ // /* `";

/// A letter whose every text is `text`.
fn made_of(text: &str, system: System, titled: bool) -> OfficialLetter {
    let t = || text.to_owned();
    OfficialLetter {
        system,
        superior: t(),
        issuer: t(),
        number: Some(t()),
        symbol: t(),
        place: t(),
        heading: if titled { Heading::Titled { kind: t(), subject: t() } } else { Heading::Subject(t()) },
        to: vec![t(), t()],
        grounds: vec![t()],
        opening: vec![Text::from(t())],
        body: vec![
            Block::Item(Text::default().bold(text).italic(text)),
            Block::Caption(t()),
            Block::Table(Table {
                columns: vec![Column { head: t(), share: 1, ..Column::default() }, Column::default()],
                rows: vec![Row::group(t()), Row::plain(vec![t(), t(), t()]), Row::total(vec![t()])],
            }),
        ],
        closing: vec![Text::from(t())],
        recipients: vec![Recipient { name: t(), purpose: Some(t()) }],
        archive: t(),
        signature: Signature { authority: vec![t()], position: t(), name: t() },
        check: Some(Check { address: t(), page: t(), code: t() }),
        annexes: vec![Annex { title: t(), landscape: true, blocks: vec![Block::Paragraph(Text::from(t()))] }],
        ..OfficialLetter::default()
    }
}

#[test]
fn markup_in_names_is_printed_as_it_stands() {
    let text = unpack::text(&made_of(HOSTILE, System::State, false));
    let printed = "<w:p/> & ]]> &amp; \"'#let *đậm* _nghiêng_ $x$ = - + @a \\ // /* `";
    assert!(text.lines().any(|line| line == printed || line.starts_with(printed)), "{text}");
    let elements = |text: &str| {
        let parts = unpack::parts(&publish::docx(&made_of(text, System::State, true), jiff::Timestamp::UNIX_EPOCH).unwrap());
        parts.iter().map(|(_, xml)| unpack::elements(xml).unwrap()).sum::<usize>()
    };
    assert_eq!(elements("<w:p/>"), elements("abcdef"), "no element comes from a text");
}

#[test]
fn long_words_and_long_tables_are_complete() {
    let word = "x".repeat(5000);
    assert!(unpack::text(&made_of(&word, System::Party, true)).contains(&word));
    let rows = (1..=500).map(|n| Row::plain(vec![n.to_string(), format!("nhiệm vụ {n}")])).collect();
    let columns = vec![Column::default(), Column::default()];
    let body = vec![Block::Table(Table { columns, rows })];
    let text = unpack::text(&OfficialLetter { body, ..OfficialLetter::default() });
    assert_eq!(text.matches("nhiệm vụ").count(), 500);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_gives_a_well_formed_file(text in any::<String>(), party: bool, titled: bool) {
        let system = if party { System::Party } else { System::Front };
        unpack::text(&made_of(&text, system, titled));
    }

    #[test]
    fn vietnamese_text_is_kept_letter_for_letter(text in "[a-zđàáảãạâầấăằơờưừếễựỹ<>&\"']{1,40}") {
        let letter = OfficialLetter { opening: vec![Text::from(text.as_str())], closing: vec![Text::from("hết")], ..OfficialLetter::default() };
        let read = unpack::text(&letter);
        prop_assert!(read.lines().any(|line| line == text), "{read}");
    }
}
