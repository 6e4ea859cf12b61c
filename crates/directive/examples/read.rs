//! Prints what the grammar reads in a file, as the JSON of `luytre read --json`.
//!
//! For developers: `cargo run -p directive --example read -- LETTER`. The command itself is `luytre read`.

use directive::wire::{ProblemJson, read_json};

#[expect(clippy::print_stdout, reason = "printing is what this example is for")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which letter?")?;
    let bytes = std::fs::read(&path)?;
    let found = reader::read(&bytes, &path, &reader::Limits::default());
    let reading = directive::read(&found.doc);
    let problems = reading.problems.iter().map(|problem| ProblemJson { code: problem.code().to_owned(), message: String::new() }).collect();
    println!("{}", serde_json::to_string_pretty(&read_json(&path, &reading, problems))?);
    Ok(())
}
