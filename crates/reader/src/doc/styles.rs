//! Styles and fonts by number ([MS-DOC] 2.9.271 STSH, 2.9.286 SttbfFfn).

use text::legacy;

use super::props::{CharProps, ParaProps};
use super::{Streams, u16_at};
use crate::doc::fib::Fib;
use crate::writer::Font;

#[derive(Debug, Clone, Default)]
struct Style {
    base: u16,
    paragraph: Vec<u8>,
    chars: CharProps,
    /// Number of a built-in style: 1 to 9 are headings.
    built_in: u16,
}

#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Vec<Style>,
    default_font: CharProps,
    fonts: Vec<Font>,
}

const NO_STYLE: u16 = 0x0FFF;
/// A chain of base styles longer than this is a loop.
const MAX_CHAIN: usize = 32;

impl Styles {
    pub(super) fn read(fib: &Fib, streams: &Streams) -> Styles {
        let fonts = streams.table.get(fib.fonts.clone()).map(fonts).unwrap_or_default();
        let sheet = streams.table.get(fib.styles.clone()).unwrap_or_default();
        let mut styles = Styles { fonts, ..Styles::default() };
        let header = usize::from(u16_at(sheet, 0).unwrap_or(0));
        let count = usize::from(u16_at(sheet, 2).unwrap_or(0)).min(4096);
        let base_bytes = usize::from(u16_at(sheet, 4).unwrap_or(10));
        styles.default_font.font_ascii = u16_at(sheet, 2 + 12);
        styles.default_font.font_other = u16_at(sheet, 2 + 16);
        let mut at = 2 + header;
        for _ in 0..count {
            let Some(len) = u16_at(sheet, at).map(usize::from) else { break };
            let style = sheet.get(at + 2..at + 2 + len).map(|s| style(s, base_bytes)).unwrap_or_default();
            styles.styles.push(style);
            at += 2 + len;
        }
        styles
    }

    fn chain(&self, number: u16) -> Vec<&Style> {
        let mut chain = Vec::new();
        let mut next = number;
        while let Some(style) = self.styles.get(usize::from(next)) {
            chain.push(style);
            next = style.base;
            if next == NO_STYLE || chain.len() >= MAX_CHAIN {
                break;
            }
        }
        chain
    }

    /// Character properties that a style gives, the document's default font below them.
    pub(super) fn chars(&self, number: u16) -> CharProps {
        let own = self.chain(number).iter().fold(CharProps::default(), |props, style| props.over(style.chars));
        own.over(self.default_font)
    }

    /// Character properties of a character style alone.
    pub(super) fn char_style(&self, number: u16) -> CharProps {
        self.chain(number).iter().fold(CharProps::default(), |props, style| props.over(style.chars))
    }

    /// Paragraph properties that a style gives, the base's first.
    pub(super) fn paragraph(&self, number: u16) -> ParaProps {
        let mut props = ParaProps { style: number, ..ParaProps::default() };
        for style in self.chain(number).iter().rev() {
            props.apply(&style.paragraph, &[]);
            if (1..=9).contains(&style.built_in) {
                props.outline = u8::try_from(style.built_in - 1).ok();
            }
        }
        props
    }

    /// What the font of the properties says about its characters.
    pub(super) fn font(&self, props: &CharProps) -> Font {
        let number = props.font_other.or(props.font_ascii)?;
        self.fonts.get(usize::from(number)).copied().flatten()
    }
}

fn style(bytes: &[u8], base_bytes: usize) -> Style {
    let word = |at| u16_at(bytes, at).unwrap_or(0);
    let (kind, base) = (word(2) & 0xF, word(2) >> 4);
    let mut style = Style { base, built_in: word(0) & 0x0FFF, ..Style::default() };
    let parts = word(4) & 0xF;
    // The name: its length, its characters and a zero.
    let mut at = base_bytes + 2 + usize::from(word(base_bytes)) * 2 + 2;
    for part in 0..parts {
        let len = usize::from(word(at));
        let Some(content) = bytes.get(at + 2..at + 2 + len) else { break };
        match (kind, part) {
            (1, 0) => style.paragraph = content.get(2..).unwrap_or_default().to_vec(),
            (1, 1) | (2, 0) => style.chars = CharProps::of(content),
            _ => {}
        }
        at += 2 + len + (len & 1);
    }
    style
}

fn fonts(table: &[u8]) -> Vec<Font> {
    let count = usize::from(u16_at(table, 0).unwrap_or(0));
    let mut fonts = Vec::new();
    let mut at = 4;
    for _ in 0..count {
        let Some(len) = table.get(at).map(|l| usize::from(*l)) else { break };
        let entry = table.get(at + 1..at + 1 + len).unwrap_or_default();
        let name = entry.get(39..).unwrap_or_default();
        let units = name.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).take_while(|unit| *unit != 0);
        let name: String = char::decode_utf16(units).map(|c| c.unwrap_or(' ')).collect();
        fonts.push(legacy::font(&name));
        at += 1 + len;
    }
    fonts
}
