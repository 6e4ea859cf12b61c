//! How a message is worded: words and pairs of neighbours, with and without accents, each with a weight that was learned.
//!
//! Rules know what scammers ask for; this knows how they talk. A message is a vector of length one over the words that it
//! has, rare ones longer (tf-idf); the weights come from a logistic regression over the messages of
//! `eval/scam/tuning*.jsonl` (`cargo run --release -p scam --example train`), and lie as text in `rules/scam/words.tsv`:
//!
//! ```text
//! :messages<TAB>3260<TAB>
//! :bias<TAB>-0.31<TAB>
//! nhận thưởng<TAB>1.24<TAB>17      the weight, and in how many messages it stood
//! ```

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use crate::token::Token;

/// Weights of words and pairs.
#[derive(Debug, Default)]
pub struct Words {
    bias: f32,
    /// In the order of their keys. The words themselves are left out: 25,000 texts would take ten times as much memory,
    /// and that two of them share a key of 64 bits is a chance of one in 10¹⁰.
    known: Box<[Known]>,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    key: u64,
    weight: f32,
    /// How much more it says than a word that is everywhere.
    rarity: f32,
}

/// How a message is worded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wording {
    /// Above zero: as scams are worded; the logarithm of the odds.
    pub(crate) sum: f32,
    /// The words that speak loudest for a scam.
    pub(crate) loudest: Option<Range<usize>>,
}

/// Words of a stretch that is shown.
const SHOWN: usize = 6;

/// What a word counts that stood in so many of so many messages.
pub fn rarity(messages: f32, with_it: f32) -> f32 {
    ((1.0 + messages) / (1.0 + with_it)).ln() + 1.0
}

fn key(gram: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    gram.hash(&mut hasher);
    hasher.finish()
}

impl Words {
    /// # Errors
    /// The line that cannot be read.
    pub(crate) fn parse(text: &str) -> Result<Words, String> {
        let mut known = Vec::with_capacity(text.lines().count());
        let (mut messages, mut bias) = (0.0, 0.0);
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut parts = line.split('\t');
            let (Some(gram), Some(weight), Some(count)) = (parts.next(), parts.next(), parts.next()) else { return Err(line.to_owned()) };
            let weight: f32 = weight.parse().map_err(|_| line.to_owned())?;
            match gram {
                ":messages" => messages = weight,
                ":bias" => bias = weight,
                _ => {
                    let count = count.parse().map_err(|_| line.to_owned())?;
                    known.push(Known { key: key(gram), weight, rarity: rarity(messages, count) });
                }
            }
        }
        known.sort_unstable_by_key(|known| known.key);
        Ok(Words { bias, known: known.into_boxed_slice() })
    }

    fn known(&self, gram: &str) -> Option<&Known> {
        let key = key(gram);
        self.known.binary_search_by_key(&key, |known| known.key).ok().map(|at| &self.known[at])
    }

    /// Weighs a message; one without a known word weighs nothing.
    pub(crate) fn weigh(&self, tokens: &[Token]) -> Wording {
        let mut at_word = vec![0.0_f32; tokens.len()];
        let (mut sum, mut squares) = (0.0_f32, 0.0_f32);
        for (gram, at) in grams(tokens) {
            let Some(known) = self.known(&gram) else { continue };
            sum += known.weight * known.rarity;
            squares += known.rarity * known.rarity;
            at_word[at] += known.weight * known.rarity;
        }
        if squares == 0.0 {
            return Wording { sum: 0.0, loudest: None };
        }
        let loudness = |from: usize| at_word[from..(from + SHOWN).min(tokens.len())].iter().sum::<f32>();
        let loudest = (0..tokens.len()).max_by(|a, b| loudness(*a).total_cmp(&loudness(*b))).filter(|from| loudness(*from) > 0.0);
        Wording { sum: self.bias + sum / squares.sqrt(), loudest: loudest.map(|from| from..(from + SHOWN).min(tokens.len())) }
    }
}

/// The different words and pairs of a message, without accents and, where it has accents, with them; each with where it
/// first stands.
pub(crate) fn grams(tokens: &[Token]) -> Vec<(String, usize)> {
    let accented = |token: &Token| token.accented.clone().filter(|word| !word.is_ascii());
    let mut all: Vec<(String, usize)> = Vec::with_capacity(4 * tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let own = accented(token);
        all.push((token.plain.to_string(), at));
        all.extend(own.iter().map(|word| (word.to_string(), at)));
        let Some(next) = tokens.get(at + 1) else { break };
        all.push(([&token.plain, " ", &next.plain].concat(), at));
        let of_next = accented(next);
        if own.is_some() || of_next.is_some() {
            let pair = [own.as_ref().unwrap_or(&token.plain), " ", of_next.as_ref().unwrap_or(&next.plain)].concat();
            all.push((pair, at));
        }
    }
    all.sort();
    all.dedup_by(|a, b| a.0 == b.0);
    all
}
