//! Style, script, icon and fonts, inside the binary; addressed by a version of their contents, so that browsers keep them.
//!
//! ```text
//! href("style.css") == "/assets/3f9c01aa/style.css"
//! ```

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Assets::iter().collect();
    names.sort();
    let mut version: u32 = 0;
    for file in names.iter().filter_map(|name| Assets::get(name)) {
        let hash = file.metadata.sha256_hash();
        version = version.rotate_left(7) ^ u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
    }
    format!("{version:08x}")
});

/// The address of an asset, with the version of all assets in it.
pub(crate) fn href(name: &str) -> String {
    format!("/assets/{}/{name}", *VERSION)
}

/// Style, icon and fonts with their licence, for pages that are kept in a folder; scripts stay out.
pub(crate) fn files() -> impl Iterator<Item = (String, Vec<u8>)> {
    let names = Assets::iter().filter(|name| !name.ends_with(".js"));
    names.filter_map(|name| Assets::get(&name).map(|file| (name.to_string(), file.data.into_owned())))
}

/// Serves an asset; an address of another version answers with what there is now, but is not kept.
pub(crate) async fn serve(Path((version, name)): Path<(String, String)>) -> Response {
    let Some(file) = Assets::get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let keep = if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static(content_type(&name))), (header::CACHE_CONTROL, HeaderValue::from_static(keep))];
    (headers, file.data).into_response()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}
