//! Official letters and reports as DOCX and PDF from plain structs.
