//! Times by shape of address: half, nineteen of twenty, and the worst.

use crate::Target;
use crate::client::Answer;
use std::collections::BTreeMap;
use std::time::Duration;

pub(crate) struct Sample {
    shape: String,
    is_page: bool,
    failed: bool,
    bytes: usize,
    ms: f64,
}

impl Sample {
    pub(crate) fn of(target: &Target, answer: &Answer, took: Duration) -> Sample {
        Sample {
            shape: target.shape.clone(),
            is_page: answer.header("content-type").starts_with("text/html"),
            failed: answer.status != 200,
            bytes: answer.body.len(),
            ms: took.as_secs_f64() * 1e3,
        }
    }
}

/// The value under which this share of the times lie, in milliseconds.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get(((last as f64) * share).round() as usize).copied().unwrap_or(f64::NAN)
}

pub(crate) fn sorted(times: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times
}

pub(crate) fn table(samples: &[Sample]) {
    let mut by_shape: BTreeMap<&str, Vec<&Sample>> = BTreeMap::new();
    for sample in samples {
        by_shape.entry(&sample.shape).or_default().push(sample);
    }
    println!("{:<52} {:>5} {:>7} {:>7} {:>7} {:>7} {:>4}", "address", "n", "p50 ms", "p95 ms", "max ms", "KB", "page");
    for (shape, of) in by_shape {
        let times = sorted(of.iter().map(|s| s.ms));
        let kb = of.iter().map(|s| s.bytes).max().unwrap_or(0) as f64 / 1e3;
        let (half, most, worst) = (quantile(&times, 0.5), quantile(&times, 0.95), quantile(&times, 1.0));
        println!(
            "{shape:<52} {:>5} {half:>7.1} {most:>7.1} {worst:>7.1} {kb:>7.1} {:>4}",
            of.len(),
            if of[0].is_page { "yes" } else { "" }
        );
    }
    let pages = sorted(samples.iter().filter(|s| s.is_page).map(|s| s.ms));
    println!("all pages: p50 {:.1} ms, p95 {:.1} ms, worst {:.1} ms", quantile(&pages, 0.5), quantile(&pages, 0.95), quantile(&pages, 1.0));
    println!("answers that were no success: {}", samples.iter().filter(|s| s.failed).count());
}
