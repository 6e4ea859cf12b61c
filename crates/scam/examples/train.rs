//! Learns the weights of words from messages with labels: `train FILE… > rules/scam/words.tsv`.
//!
//! Logistic regression over words and pairs that stand in three messages at least, with a small price on large weights;
//! AdaGrad, in the order of the files, so that the same messages give the same weights.

#![expect(clippy::print_stdout, reason = "a developer command talks to a terminal")]

use std::collections::BTreeMap;

const ROUNDS: usize = 400;
const STEP: f32 = 0.5;
/// Of the square of each weight, for each message.
const PRICE: f32 = 1.0 / 20.0;
/// Messages in which a word stands that is learned.
const FEWEST: usize = 3;
struct Message {
    /// Words and what each counts; all squares together are one.
    grams: Vec<(usize, f32)>,
    is_scam: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut texts = Vec::new();
    for file in std::env::args().skip(1) {
        for line in std::fs::read_to_string(file)?.lines() {
            let message: serde_json::Value = serde_json::from_str(line)?;
            let grams = scam::check::grams(message["text"].as_str().unwrap_or_default(), scam::builtin());
            texts.push((grams, message["label"] == "scam"));
        }
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for gram in texts.iter().flat_map(|(grams, _)| grams) {
        *counts.entry(gram).or_default() += 1;
    }
    let known: Vec<(&str, usize)> = counts.into_iter().filter(|(_, count)| *count >= FEWEST).collect();
    let messages: Vec<Message> =
        texts.iter().map(|(grams, is_scam)| Message { grams: vector(grams, &known, texts.len()), is_scam: *is_scam }).collect();
    let (weights, bias) = learn(&messages, known.len());
    println!("# Weights of words and pairs; learned, see crates/scam/src/words.rs.");
    println!(":messages\t{}\t\n:bias\t{bias:.3}\t", texts.len());
    for ((name, count), weight) in known.iter().zip(weights) {
        println!("{name}\t{weight:.2}\t{count}");
    }
    Ok(())
}

fn vector(grams: &[String], known: &[(&str, usize)], messages: usize) -> Vec<(usize, f32)> {
    let counted = |gram: &String| {
        let at = known.binary_search_by_key(&gram.as_str(), |(name, _)| name).ok()?;
        Some((at, scam::words::rarity(messages as f32, known[at].1 as f32)))
    };
    let mut vector: Vec<(usize, f32)> = grams.iter().filter_map(counted).collect();
    let length = vector.iter().map(|(_, rarity)| rarity * rarity).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|(_, rarity)| *rarity /= length);
    vector
}

fn learn(messages: &[Message], n: usize) -> (Vec<f32>, f32) {
    let (mut weights, mut squares) = (vec![0.0_f32; n], vec![1e-6_f32; n]);
    let (mut bias, mut bias_square) = (0.0_f32, 1e-6_f32);
    let share = 1.0 / messages.len() as f32;
    for _ in 0..ROUNDS {
        let (mut slopes, mut bias_slope) = (vec![0.0_f32; n], 0.0_f32);
        for message in messages {
            let sum = bias + message.grams.iter().map(|(gram, value)| weights[*gram] * value).sum::<f32>();
            let wrong = (1.0 / (1.0 + (-sum).exp()) - f32::from(u8::from(message.is_scam))) * share;
            bias_slope += wrong;
            message.grams.iter().for_each(|(gram, value)| slopes[*gram] += wrong * value);
        }
        for (at, weight) in weights.iter_mut().enumerate() {
            let slope = slopes[at] + PRICE * share * *weight;
            squares[at] += slope * slope;
            *weight -= STEP * slope / squares[at].sqrt();
        }
        bias_square += bias_slope * bias_slope;
        bias -= STEP * bias_slope / bias_square.sqrt();
    }
    (weights, bias)
}
