//! Learns the weights of words from messages with labels: `train FILE… > rules/scam/words.tsv`.
//!
//! Logistic regression over words and pairs that stand in two messages at least, each message of length one, with a small
//! price on large weights; AdaGrad, in the order of the files, so that the same messages give the same weights.

#![expect(clippy::print_stdout, reason = "a developer command talks to a terminal")]

use std::collections::BTreeMap;

const ROUNDS: usize = 400;
const STEP: f32 = 0.5;
/// Of the square of each weight, for each message.
const PRICE: f32 = 1.0 / 60.0;
/// Weights below are left out of the file.
const SMALL: f32 = 0.08;

struct Message {
    grams: Vec<usize>,
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
    let names: Vec<&str> = counts.into_iter().filter(|(_, count)| *count > 1).map(|(gram, _)| gram).collect();
    let at = |gram: &String| names.binary_search(&gram.as_str()).ok();
    let messages: Vec<Message> = texts.iter().map(|(grams, is_scam)| Message { grams: grams.iter().filter_map(at).collect(), is_scam: *is_scam }).collect();
    let lengths: Vec<f32> = texts.iter().map(|(grams, _)| 1.0 / (grams.len().max(1) as f32).sqrt()).collect();
    let (weights, bias) = learn(&messages, &lengths, names.len());
    println!("# Weights of words and pairs; learned, see crates/scam/src/words.rs.");
    println!("bias\t{bias:.3}");
    for (name, weight) in names.iter().zip(weights).filter(|(_, weight)| weight.abs() >= SMALL) {
        println!("{name}\t{weight:.2}");
    }
    Ok(())
}

fn learn(messages: &[Message], lengths: &[f32], n: usize) -> (Vec<f32>, f32) {
    let (mut weights, mut squares) = (vec![0.0_f32; n], vec![1e-6_f32; n]);
    let (mut bias, mut bias_square) = (0.0_f32, 1e-6_f32);
    let price = PRICE / messages.len() as f32;
    for _ in 0..ROUNDS {
        let (mut slopes, mut bias_slope) = (vec![0.0_f32; n], 0.0_f32);
        for (message, length) in messages.iter().zip(lengths) {
            let sum = bias + message.grams.iter().map(|gram| weights[*gram]).sum::<f32>() * length;
            let wrong = 1.0 / (1.0 + (-sum).exp()) - f32::from(u8::from(message.is_scam));
            bias_slope += wrong / messages.len() as f32;
            for gram in &message.grams {
                slopes[*gram] += wrong * length / messages.len() as f32;
            }
        }
        for (at, weight) in weights.iter_mut().enumerate() {
            let slope = slopes[at] + price * *weight;
            squares[at] += slope * slope;
            *weight -= STEP * slope / squares[at].sqrt();
        }
        bias_square += bias_slope * bias_slope;
        bias -= STEP * bias_slope / bias_square.sqrt();
    }
    (weights, bias)
}
