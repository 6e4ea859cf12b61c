//! The shape of a Vietnamese syllable: an onset, a rime, a tone, and where the tone mark stands.
//!
//! For telling Vietnamese from bytes that only look like it, and for bringing old and new tone placement together.
//! Not a dictionary: `ngoẹng` passes, because it could be a word.

use crate::letters::{self, Letter};
use std::sync::LazyLock;

const ONSETS: &str = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x";

/// Every vowel part with its end, without tone.
const RIMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi om on ong ooc oong op ot oc \
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông \
    uôt uơ up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
    y ych yêm yên yêng yêt yêu yn ynh yt";

/// The longest syllable, `nghiêng`, has seven letters.
pub(crate) const LONGEST: usize = 7;

/// Letters packed six bits each; no more than four fit a rime, three an onset.
fn pack(bases: impl Iterator<Item = u8>) -> u32 {
    bases.fold(0, |packed, base| packed << 6 | (u32::from(base) + 1))
}

fn packed_words(words: &str) -> Vec<u32> {
    let base = |c| letters::letter(c).map(|letter| letter.base);
    let mut packed: Vec<u32> = words.split_whitespace().map(|word| pack(word.chars().filter_map(base))).collect();
    packed.sort_unstable();
    packed
}

static ONSET_SET: LazyLock<Vec<u32>> = LazyLock::new(|| packed_words(ONSETS));
static RIME_SET: LazyLock<Vec<u32>> = LazyLock::new(|| packed_words(RIMES));

/// How many letters of the syllable are its onset; `None` when onset and rime are not those of a Vietnamese syllable.
pub(crate) fn onset(syllable: &[Letter]) -> Option<usize> {
    if syllable.is_empty() || syllable.len() > LONGEST {
        return None;
    }
    // The longest onset first: `giết` is gi + êt, `gì` is g + i, `quý` is qu + y.
    (0..=syllable.len().min(3)).rev().find(|&length| {
        let (onset, rime) = syllable.split_at(length);
        let packed = |part: &[Letter]| pack(part.iter().map(|letter| letter.base));
        rime.len() <= 4
            && (onset.is_empty() || ONSET_SET.binary_search(&packed(onset)).is_ok())
            && RIME_SET.binary_search(&packed(rime)).is_ok()
    })
}

/// Whether the letters could be one written Vietnamese syllable: its shape, at most one tone in one of its two
/// customary places, and before a final c, ch, p or t no tone but sắc and nặng.
pub(crate) fn is_valid(syllable: &[Letter]) -> bool {
    let mut toned = syllable.iter().enumerate().filter(|(_, letter)| letter.tone != 0);
    let tone = toned.next();
    let Some(new_place) = tone_place(syllable).filter(|_| toned.next().is_none()) else { return false };
    // In the old placement the tone of an open oa, oe, uy stands on the first vowel.
    let old_place = new_place.checked_sub(1).filter(|old| syllable.len() == new_place + 1 && glides(&syllable[*old..]));
    if tone.is_some_and(|(place, _)| place != new_place && Some(place) != old_place) {
        return false;
    }
    let last = |back: usize| {
        let place = syllable.len().checked_sub(back)?;
        Some(letters::ALPHABET[usize::from(syllable[place].base)])
    };
    let stopped = matches!((last(2), last(1)), (_, Some('c' | 'p' | 't')) | (Some('c'), Some('h')));
    !stopped || matches!(tone, Some((_, Letter { tone: 4 | 5, .. })))
}

/// Where the tone mark stands in the new placement (`hoà`, `quý`, `thuỷ`, `tiếng`): place of the letter in the syllable.
pub(crate) fn tone_place(syllable: &[Letter]) -> Option<usize> {
    let start = onset(syllable)?;
    let rime = &syllable[start..];
    let vowels = rime.iter().take_while(|letter| letters::is_vowel(letter.base)).count();
    // A letter with a hat takes the tone; of ươ it is the second.
    let hatted = rime[..vowels].iter().rposition(|letter| !letters::ALPHABET[usize::from(letter.base)].is_ascii());
    let place = match (hatted, vowels) {
        (Some(place), _) => place,
        (None, 0) => return None,
        (None, _) if vowels < rime.len() => vowels - 1,
        (None, 3) => 1,
        (None, 2) if matches!(letters::ASCII[usize::from(rime[1].base)], b'a' | b'e' | b'y') && glides(rime) => 1,
        (None, _) => 0,
    };
    Some(start + place)
}

/// Whether the first of two vowels only glides into the second: oa, oe, uy, but not ua, ay, ao.
fn glides(rime: &[Letter]) -> bool {
    let [first, second, ..] = rime else { return false };
    let pair = (letters::ALPHABET[usize::from(first.base)], letters::ALPHABET[usize::from(second.base)]);
    matches!(pair, ('o', 'a' | 'e') | ('u', 'y'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters_of(word: &str) -> Vec<Letter> {
        word.chars().map(|c| letters::letter(c).expect("a Vietnamese letter")).collect()
    }

    #[test]
    fn syllables_are_told_from_other_words() {
        for word in "nghiêng quý gì giết Đảng ủy xã thuở khuỷu quốc uỷ hoà hòa yêu ý oan gìn huyện pin ở".split(' ')
        {
            assert!(is_valid(&letters_of(word)), "{word}");
        }
        for word in "été für trăngg cáá học̣ hoc tàch strong w brr café São".split(' ') {
            let known: Option<Vec<_>> = word.chars().map(letters::letter).collect();
            let valid = known.is_some_and(|known| is_valid(&known));
            assert_eq!(valid, word == "São", "{word}");
        }
    }

    #[test]
    fn the_tone_has_one_place() {
        let placed = |word: &str| tone_place(&letters_of(word)).map(|place| word.chars().nth(place).unwrap_or_default());
        let pairs = [
            ("hoa", 'a'),
            ("khoe", 'e'),
            ("thuy", 'y'),
            ("quy", 'y'),
            ("qua", 'a'),
            ("gia", 'a'),
            ("gi", 'i'),
            ("cua", 'u'),
            ("mia", 'i'),
            ("hoai", 'a'),
            ("tiêng", 'ê'),
            ("đương", 'ơ'),
            ("toan", 'a'),
            ("khuya", 'y'),
            ("ngoeo", 'e'),
            ("tau", 'a'),
            ("lay", 'a'),
            ("mưa", 'ư'),
            ("thuơ", 'ơ'),
            ("quyên", 'ê'),
            ("oanh", 'a'),
        ];
        for (word, vowel) in pairs {
            assert_eq!(placed(word), Some(vowel), "{word}");
        }
    }
}
