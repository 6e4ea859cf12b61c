//! What an office makes of a lesson of the content library: papers, sheets, sound, each with its own head and foot.
//!
//! A lesson that expired is not given out before somebody looked at it again. Not for who read what.
//!
//! ```text
//! let made = lessons::make(&app, lesson, Product::Script, None).await?;   // bytes of a DOCX
//! ```

use programme::learn::{self, Lesson};
use publish::IssueDate;

pub use publish::lesson::{Imprint, Warning, dated, sentences, source_line, spoken_text, spoken_time, spoken_time_line};

use crate::documents::{Format, bare_paper, form, render};
use crate::{App, Result, speech};

/// A file that is made of a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    Leaflet,
    Handout,
    Slides,
    /// What is read over a loudspeaker.
    Script,
    /// The same as sound.
    Sound,
    /// For a cell meeting.
    Talk,
}

impl Product {
    pub const ALL: &'static [Product] =
        &[Product::Leaflet, Product::Handout, Product::Slides, Product::Script, Product::Sound, Product::Talk];

    pub fn as_str(self) -> &'static str {
        match self {
            Product::Leaflet => "leaflet",
            Product::Handout => "handout",
            Product::Slides => "slides",
            Product::Script => "script",
            Product::Sound => "sound",
            Product::Talk => "talk",
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Product::Leaflet | Product::Handout | Product::Slides => "pdf",
            Product::Script | Product::Talk => "docx",
            Product::Sound => "wav",
        }
    }

    /// Whether this program, on this machine, can make it.
    pub fn is_made_here(self) -> bool {
        match self {
            Product::Leaflet | Product::Handout | Product::Slides => cfg!(feature = "pdf"),
            Product::Script | Product::Talk => true,
            Product::Sound => speech::is_there(),
        }
    }
}

/// The script of a broadcast of a warning, as a DOCX.
pub async fn warning_script(app: &App, warning: &Warning<'_>) -> Result<Option<Vec<u8>>> {
    let now = app.now();
    let open = IssueDate { day: None, month: Some(now.day().month()), year: now.day().year() };
    let paper = publish::lesson::warning_script(bare_paper(app, None, open).await?, warning);
    render(app, paper, Format::Docx, now).await
}

/// What the office sets under what it gives out; `address`: where the lesson stands on its pages.
pub async fn imprint(app: &App, address: Option<String>) -> Result<Imprint> {
    let hotlines = learn::hotlines().iter().filter_map(|hotline| hotline.short.clone()).collect();
    Ok(Imprint { office: form(app).await?.issuer, hotlines, address })
}

/// The bytes of a product. `None`: it cannot be made here, or the lesson expired.
pub async fn make(app: &App, lesson: &'static Lesson, product: Product, address: Option<String>) -> Result<Option<Vec<u8>>> {
    let now = app.now();
    if lesson.is_expired(now.day()) {
        return Ok(None);
    }
    // The day stays open: it is written when somebody signs.
    let open = IssueDate { day: None, month: Some(now.day().month()), year: now.day().year() };
    match product {
        Product::Script => {
            let paper = publish::lesson::script(bare_paper(app, None, open).await?, lesson);
            render(app, paper, Format::Docx, now).await
        }
        Product::Talk => {
            let paper = publish::lesson::talk(bare_paper(app, None, open).await?, lesson);
            render(app, paper, Format::Docx, now).await
        }
        Product::Sound => speech::wav(app, spoken_text(lesson)).await,
        Product::Leaflet | Product::Handout | Product::Slides => sheet(app, lesson, product, imprint(app, address).await?).await,
    }
}

#[cfg(feature = "pdf")]
async fn sheet(app: &App, lesson: &'static Lesson, product: Product, imprint: Imprint) -> Result<Option<Vec<u8>>> {
    let sheet = match product {
        Product::Leaflet => publish::Sheet::Leaflet,
        Product::Handout => publish::Sheet::Handout,
        _ => publish::Sheet::Slides,
    };
    let at = app.now().timestamp();
    let made = app.engine("pdf", move || publish::lesson_pdf(lesson, &imprint, sheet, at)).await?;
    Ok(Some(made.map_err(crate::Error::Document)?.bytes))
}

#[cfg(not(feature = "pdf"))]
async fn sheet(_: &App, _: &'static Lesson, _: Product, _: Imprint) -> Result<Option<Vec<u8>>> {
    Ok(None)
}
