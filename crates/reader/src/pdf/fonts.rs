//! Fonts of a PDF: from the bytes of a string to characters and widths (ISO 32000-1, 9.6 to 9.10).
//!
//! Not for drawing: glyph outlines are never looked at. A composite font without `ToUnicode` stays unreadable.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use text::legacy;

use super::cmap::CMap;
use super::encoding::{Base, byte_text, name_text};
use super::streams;
use crate::Problem;
use crate::limits::Budget;
use crate::writer::Font as Legacy;

/// Stands for a glyph whose character nobody knows.
pub(super) const UNKNOWN: &str = "\u{FFFD}";

#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    pub(super) legacy: Legacy,
    /// Width units per em, 1000 but for Type 3 fonts.
    unit: f32,
}

#[derive(Debug)]
enum Codes {
    Simple { texts: Vec<Option<String>>, widths: Vec<f32> },
    Composite(Box<Composite>),
}

#[derive(Debug)]
struct Composite {
    encoding: Option<CMap>,
    texts: CMap,
    widths: Widths,
    default_width: f32,
}

/// One glyph of a string.
pub(super) struct Shown<'f> {
    pub(super) text: std::borrow::Cow<'f, str>,
    /// Advance in ems.
    pub(super) width: f32,
    /// The single byte 32, which word spacing applies to.
    pub(super) is_space_byte: bool,
}

impl Font {
    /// What the font takes, in about twenty bytes.
    fn weight(&self) -> usize {
        match &self.codes {
            Codes::Simple { .. } => 0,
            Codes::Composite(composite) => {
                let Composite { encoding, texts, widths, .. } = &**composite;
                widths.single.len() + 2 * widths.runs.len() + 5 * (texts.len() + encoding.as_ref().map_or(0, CMap::len))
            }
        }
    }

    /// Calls `each` for every glyph of a string, until it says that this is enough.
    pub(super) fn glyphs(&self, bytes: &[u8], mut each: impl FnMut(Shown<'_>) -> ControlFlow<()>) {
        match &self.codes {
            Codes::Simple { texts, widths } => {
                for byte in bytes {
                    let place = usize::from(*byte);
                    let text = texts.get(place).and_then(|t| t.as_deref()).unwrap_or(UNKNOWN);
                    let width = widths.get(place).copied().unwrap_or(0.0) * self.unit;
                    if each(Shown { text: text.into(), width, is_space_byte: *byte == 32 }).is_break() {
                        return;
                    }
                }
            }
            Codes::Composite(composite) => {
                let Composite { encoding, texts, widths, default_width } = &**composite;
                let mut rest = bytes;
                while !rest.is_empty() {
                    let spaced = encoding.as_ref().and_then(|cmap| cmap.next_code(rest));
                    let (code, len) = spaced.unwrap_or_else(|| two_bytes(rest));
                    rest = rest.get(len..).unwrap_or_default();
                    let glyph = encoding.as_ref().and_then(|cmap| cmap.glyph(code)).unwrap_or(code);
                    let text = texts.text(code).filter(|t| !t.is_empty()).map_or_else(|| UNKNOWN.to_owned(), |t| plain(t, self.legacy));
                    let width = widths.of(glyph).unwrap_or(*default_width) * self.unit;
                    if each(Shown { text: text.into(), width, is_space_byte: len == 1 && code == 32 }).is_break() {
                        return;
                    }
                }
            }
        }
    }
}

fn two_bytes(rest: &[u8]) -> (u32, usize) {
    match rest {
        [high, low, ..] => (u32::from(*high) << 8 | u32::from(*low), 2),
        [only] => (u32::from(*only), 1),
        [] => (0, 1),
    }
}

/// Symbolic fonts put their codes into the private area; in a legacy font they are its bytes.
fn plain(text: String, legacy: Legacy) -> String {
    if legacy.is_none() || !text.chars().any(|c| ('\u{F000}'..='\u{F0FF}').contains(&c)) {
        return text;
    }
    let byte = |c: char| u8::try_from(u32::from(c).wrapping_sub(0xF000)).ok();
    text.chars().map(|c| byte(c).and_then(|b| byte_text(b, Base::WinAnsi)).unwrap_or(c)).collect()
}

/// Fonts read so far, by object number.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    known: HashMap<(u32, i32), Rc<Font>>,
    weight: usize,
}

/// A document has some dozens of fonts; a hostile one may have a million.
const MAX_FONTS: usize = 4_000;
/// Of all fonts together: a hundred megabytes.
const MAX_WEIGHT: usize = 5_000_000;

impl Fonts {
    pub(super) fn get(&mut self, fonts: &Dict<'_>, name: &Name<'_>, budget: &mut Budget) -> Result<Option<Rc<Font>>, Problem> {
        let key = fonts.get_ref(name).map(|r| (r.obj_number, r.gen_number));
        if let Some(font) = key.and_then(|k| self.known.get(&k)) {
            return Ok(Some(Rc::clone(font)));
        }
        if self.weight > MAX_WEIGHT {
            return Ok(None);
        }
        let Some(dict) = fonts.get::<Dict<'_>>(name) else { return Ok(None) };
        let font = Rc::new(read(&dict, budget)?);
        self.weight += font.weight();
        if let (Some(key), true) = (key, self.known.len() < MAX_FONTS) {
            self.known.insert(key, Rc::clone(&font));
        }
        Ok(Some(font))
    }
}

fn read(dict: &Dict<'_>, budget: &mut Budget) -> Result<Font, Problem> {
    budget.check_time()?;
    let name = dict.get::<Name<'_>>(b"BaseFont").map(|n| n.as_str().to_owned()).unwrap_or_default();
    let legacy = legacy::font(&name);
    let texts = match dict.get::<Stream<'_>>(b"ToUnicode") {
        Some(stream) => CMap::parse(&streams::unpacked(&stream, budget)?),
        None => CMap::default(),
    };
    let subtype = dict.get::<Name<'_>>(b"Subtype").map(|n| n.as_str().to_owned()).unwrap_or_default();
    if subtype == "Type0" {
        return Ok(Font { codes: composite(dict, texts, budget)?, legacy, unit: 0.001 });
    }
    let matrix = dict.get::<Array<'_>>(b"FontMatrix").and_then(|m| m.iter::<f32>().next());
    let unit = if subtype == "Type3" { matrix.unwrap_or(0.001).abs() } else { 0.001 };
    Ok(Font { codes: simple(dict, &texts, legacy, &subtype), legacy, unit })
}

fn simple(dict: &Dict<'_>, to_unicode: &CMap, legacy: Legacy, subtype: &str) -> Codes {
    let descriptor = dict.get::<Dict<'_>>(b"FontDescriptor").unwrap_or_default();
    let symbolic = descriptor.get::<i32>(b"Flags").is_some_and(|flags| flags & 4 != 0);
    let encoding = dict.get::<Dict<'_>>(b"Encoding");
    let base_name = dict.get::<Name<'_>>(b"Encoding").or_else(|| encoding.as_ref()?.get::<Name<'_>>(b"BaseEncoding"));
    let base = match base_name.as_ref().map(|n| n.as_str()) {
        Some("WinAnsiEncoding") => Base::WinAnsi,
        Some("MacRomanEncoding") => Base::MacRoman,
        // Old typing programs leave the encoding to the font; the font's codes are Windows'.
        _ if legacy.is_some() || symbolic || subtype == "TrueType" => Base::WinAnsi,
        _ => Base::Standard,
    };
    let differences = encoding.as_ref().map(differences).unwrap_or_default();
    let text_of = |byte: u8| {
        let told = to_unicode.text(u32::from(byte)).filter(|t| !t.is_empty()).map(|t| plain(t, legacy));
        let named = || differences.get(&byte).and_then(|name| name_text(name));
        let coded = || byte_text(byte, base).filter(|c| !c.is_control()).map(|c| c.to_string());
        match (told, legacy) {
            (Some(told), _) => Some(told),
            // Names of glyphs such as `g23` tell nothing; the byte still does in a legacy font.
            (None, Some(_)) => named().or_else(|| byte_text(byte, base).map(|c| c.to_string())),
            (None, None) if differences.contains_key(&byte) => named(),
            (None, None) => coded(),
        }
    };
    let texts = (0..=255).map(text_of).collect();
    Codes::Simple { texts, widths: simple_widths(dict, &descriptor) }
}

fn simple_widths(dict: &Dict<'_>, descriptor: &Dict<'_>) -> Vec<f32> {
    // The fourteen standard fonts may leave their widths out; half an em is near enough to find blanks.
    let missing = descriptor.get::<f32>(b"MissingWidth").unwrap_or(0.0);
    let Some(array) = dict.get::<Array<'_>>(b"Widths") else { return vec![500.0; 256] };
    let first = dict.get::<i32>(b"FirstChar").and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let mut widths = vec![missing; 256];
    for (place, width) in widths.iter_mut().skip(first).zip(array.iter::<f32>()) {
        *place = width;
    }
    widths
}

fn differences(encoding: &Dict<'_>) -> HashMap<u8, String> {
    let mut names = HashMap::new();
    let Some(array) = encoding.get::<Array<'_>>(b"Differences") else { return names };
    let mut code: i64 = 0;
    for object in array.iter::<Object<'_>>().take(2_000) {
        match object {
            Object::Number(number) => code = number.as_i64(),
            Object::Name(name) => {
                if let Ok(byte) = u8::try_from(code) {
                    names.insert(byte, name.as_str().to_owned());
                }
                code += 1;
            }
            _ => {}
        }
    }
    names
}

fn composite(dict: &Dict<'_>, texts: CMap, budget: &mut Budget) -> Result<Codes, Problem> {
    let encoding = match dict.get::<Stream<'_>>(b"Encoding") {
        Some(stream) => Some(CMap::parse(&streams::unpacked(&stream, budget)?)).filter(CMap::has_spaces),
        None => None,
    };
    let descendant = dict.get::<Array<'_>>(b"DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next()).unwrap_or_default();
    let default_width = descendant.get::<f32>(b"DW").unwrap_or(1000.0);
    let mut widths = Widths::default();
    if let Some(array) = descendant.get::<Array<'_>>(b"W") {
        read_widths(&array, &mut widths, budget)?;
    }
    Ok(Codes::Composite(Box::new(Composite { encoding, texts, widths, default_width })))
}

/// Widths by glyph number. Runs stay runs: a hostile one names every glyph, and in each of a thousand fonts.
#[derive(Debug, Default)]
struct Widths {
    single: HashMap<u32, f32>,
    /// First and last glyph, in the order of the first.
    runs: Vec<(u32, u32, f32)>,
}

impl Widths {
    fn of(&self, glyph: u32) -> Option<f32> {
        let after = self.runs.partition_point(|(first, ..)| *first <= glyph);
        let run = || self.runs[..after].iter().rev().take(8).find(|(_, last, _)| glyph <= *last);
        self.single.get(&glyph).copied().or_else(|| run().map(|(_, _, width)| *width))
    }
}

/// `first [w w w]` or `first last w` (ISO 32000-1, 9.7.4.3).
fn read_widths(array: &Array<'_>, widths: &mut Widths, budget: &mut Budget) -> Result<(), Problem> {
    const MAX_RUNS: usize = 65_536;
    let mut pending: Vec<f32> = Vec::new();
    for object in array.iter::<Object<'_>>() {
        budget.tick()?;
        match (object, pending.as_slice()) {
            (Object::Array(list), [first]) => {
                for (glyph, width) in (glyph_number(*first)..=65_535).zip(list.iter::<f32>()) {
                    widths.single.insert(glyph, width);
                }
                pending.clear();
            }
            (Object::Number(width), [first, last]) => {
                if widths.runs.len() < MAX_RUNS {
                    widths.runs.push((glyph_number(*first), glyph_number(*last), width.as_f32()));
                }
                pending.clear();
            }
            (Object::Number(number), _) => pending.push(number.as_f32()),
            _ => pending.clear(),
        }
    }
    widths.runs.sort_by_key(|(first, ..)| *first);
    Ok(())
}

/// Glyph numbers have sixteen bits; a float holds them exactly.
fn glyph_number(number: f32) -> u32 {
    if (0.0..65_536.0).contains(&number) { number as u32 } else { 65_535 }
}
