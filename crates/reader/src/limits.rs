//! How much a file may cost, with every default in one place, and the purse that a reader pays from.
//!
//! Not for rules about contents: a file over a limit is read as far as the limit and the rest is a [`Problem`].
//! `Limits { pages: 20, ..Limits::default() }` reads the first twenty pages of a PDF.

use std::time::{Duration, Instant};

use crate::Problem;

/// Upper bounds for reading one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub bytes: u64,
    /// Bytes that all compressed parts of the file may unpack to together.
    pub unpacked_bytes: u64,
    /// Unpacked bytes per packed byte, once a part unpacks to more than 8 MiB.
    pub ratio: u64,
    /// Members of an archive.
    pub entries: usize,
    /// Elements, groups or tables inside one another.
    pub depth: usize,
    /// Pages of a PDF or a multi-page image.
    pub pages: usize,
    /// Bytes of the text that comes out.
    pub text_bytes: usize,
    /// Paragraphs, lines and cells that come out.
    pub blocks: usize,
    /// Time for reading, without recognition of pictures.
    pub time: Duration,
    /// Pictures of pages that are given to Tesseract.
    pub ocr_pages: usize,
    /// Time that Tesseract may take for one page.
    pub ocr_page_time: Duration,
    /// Pixels of a picture of a page; A4 at 600 dpi has 35 million.
    pub pixels: u64,
}

/// Small parts may have any ratio: an almost empty spreadsheet unpacks to hundreds of times its size.
pub(crate) const RATIO_FREE_BYTES: u64 = 8 << 20;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: 100 << 20,
            unpacked_bytes: 96 << 20,
            ratio: 200,
            entries: 10_000,
            depth: 256,
            pages: 2_000,
            text_bytes: 24 << 20,
            blocks: 500_000,
            time: Duration::from_secs(4),
            ocr_pages: 40,
            ocr_page_time: Duration::from_secs(60),
            pixels: 60_000_000,
        }
    }
}

/// What is left of the limits while one file is being read.
#[derive(Debug)]
pub(crate) struct Budget {
    pub(crate) limits: Limits,
    deadline: Instant,
    unpacked_bytes: u64,
    ticks: u32,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Budget {
        Budget { limits: limits.clone(), deadline: Instant::now() + limits.time, unpacked_bytes: 0, ticks: 0 }
    }

    /// Called in every loop over the input; looks at the clock only now and then, because that is slow.
    pub(crate) fn tick(&mut self) -> Result<(), Problem> {
        self.ticks = self.ticks.wrapping_add(1);
        if self.ticks & 0xFF == 0 && Instant::now() >= self.deadline {
            return Err(self.too_slow());
        }
        Ok(())
    }

    /// The same for steps that are slow themselves, such as a whole page.
    pub(crate) fn check_time(&self) -> Result<(), Problem> {
        if Instant::now() >= self.deadline { Err(self.too_slow()) } else { Ok(()) }
    }

    fn too_slow(&self) -> Problem {
        Problem::TooSlow { limit_ms: u64::try_from(self.limits.time.as_millis()).unwrap_or(u64::MAX) }
    }

    /// How many bytes a part of `packed_bytes` may unpack to now.
    pub(crate) fn allowance(&self, packed_bytes: u64) -> u64 {
        let left = self.limits.unpacked_bytes.saturating_sub(self.unpacked_bytes);
        left.min(packed_bytes.saturating_mul(self.limits.ratio).max(RATIO_FREE_BYTES))
    }

    pub(crate) fn spend(&mut self, unpacked_bytes: u64) {
        self.unpacked_bytes = self.unpacked_bytes.saturating_add(unpacked_bytes);
    }
}
