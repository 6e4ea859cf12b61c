//! Official letters and reports as DOCX and PDF, the figures of a report as XLSX too, from plain structs.
//!
//! What is written is one [`OfficialLetter`]; two builders make it from plain input: [`implementing_letter`]
//! (a unit's own letter that passes obligations on) and [`progress_report`] (skeleton I to V with annexes of
//! figures and evidence). [`docx`] always works; `pdf` needs the feature of that name (typst).
//! [`lesson`] makes the papers of the content library, [`outline`] what a talk on a letter quotes.
//! [`calendar`] writes what calendar programs subscribe to.
//! Not for reading documents, not for collecting figures, not for signing: those are other rooms.
//! Nothing here reads a clock, a file or the environment, and the same input gives the same bytes.
//!
//! ```
//! use publish::{OfficialLetter, System};
//! let letter = OfficialLetter {
//!     system: System::Party,
//!     superior: "Đảng bộ tỉnh Sông Hồng".into(),
//!     issuer: "Đảng ủy xã Tân Lũy".into(),
//!     symbol: "CV/ĐU".into(),
//!     place: "Tân Lũy".into(),
//!     ..OfficialLetter::default()
//! };
//! let bytes = publish::docx(&letter, jiff::Timestamp::UNIX_EPOCH)?;
//! # Ok::<(), publish::Error>(())
//! ```

mod bank;
mod calendar;
mod citation;
mod clean;
mod docx;
mod implementing;
pub mod lesson;
mod letter;
pub mod outline;
mod page;
#[cfg(feature = "pdf")]
mod pdf;
mod preview;
mod qr;
mod report;
mod table;
mod widths;
mod words;

pub use bank::bank_workbook;
pub use calendar::{Calendar, CalendarEntry, calendar};
pub use citation::{Due, Recurrence, UpperLetter, sentence, short as short_name};
pub use docx::docx;
pub use implementing::{ImplementingLetter, ObligationText, Office, UnitObligations, implementing_letter};
pub use letter::{
    Align, Annex, Block, Check, Column, Heading, IssueDate, Level, OfficialLetter, Recipient, Row, RowKind, Secrecy, Signature, Span,
    System, Table, Text, Urgency,
};
#[cfg(feature = "pdf")]
pub use pdf::{Pdf, Sheet, certificate_pdf, lesson_pdf, pdf};
pub use preview::{Preview, PreviewAnnex, PreviewLine, PreviewPiece, PreviewRow, preview};
pub use report::{
    Difficulty, EvidenceLine, Feedback, Figure, FigureState, Indicator, Period, ProgressReport, Rate, Section, ServiceLine, TaskLine,
    TopicLine, UnitRates, Written, progress_report, workbook,
};
pub use table::{Cell, TableSheet, table_workbook};

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The ZIP container of a DOCX could not be written.
    #[error("the DOCX container could not be written: {0}")]
    Container(#[from] zip::result::ZipError),
    /// A sheet of a workbook could not be written.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A part of the DOCX could not be written into its container.
    #[error("a part of the DOCX could not be written: {0}")]
    Part(#[from] std::io::Error),
    /// A picture could not be encoded.
    #[error("a picture could not be encoded: {0}")]
    Picture(#[from] png::EncodingError),
    /// The page description could not be handed to the typesetter.
    #[error("the page could not be described for the typesetter: {0}")]
    Page(#[from] serde_json::Error),
    /// The typesetter refused the page or the PDF standard; its messages, in its own words.
    #[error("the PDF could not be typeset: {}", .0.join("; "))]
    Typeset(Vec<String>),
}
