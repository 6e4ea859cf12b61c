//! The grammar of official Vietnamese letters: document to metadata, references and obligations.
