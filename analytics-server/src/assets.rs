//! Style, script and fonts, built into the program. Their address holds a mark of their content,
//! so a browser may keep them for ever and still gets new ones after an update.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

/// A year, as the standard suggests for what never changes.
const KEEP: &str = "public, max-age=31536000, immutable";

macro_rules! font {
    ($name:literal) => {
        (
            $name,
            "font/woff2",
            include_bytes!(concat!("../../assets/fonts/be-vietnam-pro/", $name)).as_slice(),
        )
    };
}

/// Name, kind, content.
const ASSETS: [(&str, &str, &[u8]); 6] = [
    ("style.css", "text/css; charset=utf-8", include_bytes!("../assets/style.css")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("../assets/live.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
    font!("BeVietnamPro_400Regular.woff2"),
    font!("BeVietnamPro_500Medium.woff2"),
    font!("BeVietnamPro_700Bold.woff2"),
];

/// The mark of all assets together: the style names the fonts without a mark of their own.
static MARK: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = blake3::Hasher::new();
    for (name, _, content) in ASSETS {
        hasher.update(name.as_bytes()).update(content);
    }
    hasher.finalize().to_hex()[..12].to_owned()
});

/// The address of an asset.
pub fn address(name: &str) -> String {
    format!("/assets/{}/{name}", *MARK)
}

/// The mark, which changes with every asset.
pub fn mark() -> &'static str {
    &MARK
}

/// The answer with an asset, if there is one. A page from before an update gets today's, to be kept
/// by nobody.
pub fn answer(mark: &str, name: &str) -> Option<Response> {
    let (_, kind, content) = ASSETS.into_iter().find(|(known, _, _)| *known == name)?;
    let keep = if mark == *MARK { KEEP } else { "no-store" };
    Some(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)], content).into_response())
}
