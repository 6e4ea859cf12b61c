//! For tuning: one line a message of a JSON-lines file with the rules found in it and their sum.

#![expect(clippy::print_stdout, reason = "a developer command talks to a terminal")]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).unwrap_or_default();
    for line in std::fs::read_to_string(file)?.lines() {
        let message: serde_json::Value = serde_json::from_str(line)?;
        let text = message["text"].as_str().unwrap_or_default();
        let (found, sum) = scam::check::explain(text, scam::builtin());
        let names: Vec<String> = found.into_iter().map(|(name, _)| name).collect();
        println!(
            "{}\t{}\t{:.2}\t{}\t{}",
            message["id"].as_str().unwrap_or_default(),
            message["label"].as_str().unwrap_or_default(),
            sum,
            names.join(" "),
            scam::check::grams(text, scam::builtin()).join("|")
        );
    }
    Ok(())
}
