//! Server-rendered pages over the use cases of `app`: every action is a plain form or link and works without any script.
//!
//! A request passes the guard (`guard`: host, origin, headers), is turned into a `visit::Visit` (who is signed in, language, acting unit),
//! reaches one handler of `pages`, and comes back as one askama struct per page with the template of the same name.
//! Not here: what may be done and what follows from it (`app`, `programme`), sentences (the catalogues of `app`).
//!
//! ```text
//! let settings = web::Settings::plain(listener.local_addr()?);
//! web::serve(app, listener, &settings, tokio::signal::ctrl_c()).await?;
//! ```

mod api;
mod assets;
mod bars;
mod cookies;
mod counts;
mod dates;
mod error;
mod feed;
mod folder;
mod form;
mod guard;
mod library;
mod limits;
mod lines;
mod once;
mod pace;
mod pages;
mod proof;
mod quotes;
mod room;
mod serving;
mod shown;
mod site;
mod standing;
mod tls;
mod visit;
mod warned;

pub use error::{FieldError, PageError};
pub use folder::{Contents, FolderError, Made, folder};
pub use limits::Limits;
pub use site::{ServeError, Settings, router, serve};
pub use tls::{Tls, TlsError};
