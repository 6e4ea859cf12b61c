//! How a message is worded: words and pairs of neighbours, each with a weight that was learned from examples.
//!
//! Rules know what scammers ask for; this knows how they talk. The weights come from a logistic regression over the messages
//! of `eval/scam/tuning*.jsonl` (`cargo run --release -p scam --example train`), and lie as text in `rules/scam/words.tsv`:
//!
//! ```text
//! bias<TAB>-0.31
//! nhan thuong<TAB>1.24
//! ```

use std::collections::HashMap;
use std::ops::Range;

use crate::token::Token;

/// Weights of words and pairs.
#[derive(Debug, Default)]
pub struct Words {
    bias: f32,
    weights: HashMap<Box<str>, f32>,
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

impl Words {
    /// # Errors
    /// The line that cannot be read.
    pub(crate) fn parse(text: &str) -> Result<Words, String> {
        let mut words = Words::default();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (gram, weight) = line.split_once('\t').ok_or_else(|| line.to_owned())?;
            let weight: f32 = weight.parse().map_err(|_| line.to_owned())?;
            if gram == "bias" {
                words.bias = weight;
            } else {
                words.weights.insert(gram.into(), weight);
            }
        }
        Ok(words)
    }

    /// Weighs a message; what has no words of its own weighs nothing.
    pub(crate) fn weigh(&self, tokens: &[Token]) -> Wording {
        let mut at_word = vec![0.0_f32; tokens.len()];
        let mut sum = 0.0;
        let all = grams(tokens);
        for (gram, at) in &all {
            let weight = self.weights.get(gram.as_str()).copied().unwrap_or(0.0);
            sum += weight;
            at_word[*at] += weight;
        }
        let length = u16::try_from(all.len()).unwrap_or(u16::MAX);
        if length == 0 {
            return Wording { sum: 0.0, loudest: None };
        }
        let loudness = |from: usize| at_word[from..(from + SHOWN).min(tokens.len())].iter().sum::<f32>();
        let loudest = (0..tokens.len()).max_by(|a, b| loudness(*a).total_cmp(&loudness(*b))).filter(|from| loudness(*from) > 0.0);
        let sum = self.bias + sum / f32::from(length).sqrt();
        Wording { sum, loudest: loudest.map(|from| from..(from + SHOWN).min(tokens.len())) }
    }
}

/// The different words and pairs of a message, each with where it first stands.
pub(crate) fn grams(tokens: &[Token]) -> Vec<(String, usize)> {
    let single = tokens.iter().enumerate().map(|(at, token)| (token.plain.to_string(), at));
    let pairs = tokens.windows(2).enumerate().map(|(at, pair)| ([&pair[0].plain, " ", &pair[1].plain].concat(), at));
    let mut all: Vec<(String, usize)> = single.chain(pairs).collect();
    all.sort();
    all.dedup_by(|a, b| a.0 == b.0);
    all
}
