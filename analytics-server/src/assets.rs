//! Style, script and fonts, built into the program. Their address holds a mark of their content,
//! so a browser may keep them for ever and still gets new ones after an update.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

/// A year, as the standard suggests for what never changes.
const KEEP: &str = "public, max-age=31536000, immutable";

macro_rules! font {
    ($folder:literal, $name:literal, $kind:literal) => {
        (
            $name,
            $kind,
            include_bytes!(concat!("../../assets/fonts/", $folder, "/", $name)).as_slice(),
        )
    };
}

/// Name, kind, content. A browser fetches the Khmer fonts only for a page with Khmer letters (the style
/// says so), so they are those that tablet and report use.
const ASSETS: [(&str, &str, &[u8]); 8] = [
    ("style.css", "text/css; charset=utf-8", include_bytes!("../assets/style.css")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("../assets/live.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
    font!("be-vietnam-pro", "BeVietnamPro_400Regular.woff2", "font/woff2"),
    font!("be-vietnam-pro", "BeVietnamPro_500Medium.woff2", "font/woff2"),
    font!("be-vietnam-pro", "BeVietnamPro_700Bold.woff2", "font/woff2"),
    font!("noto-sans-khmer", "NotoSansKhmer_400Regular.ttf", "font/ttf"),
    font!("noto-sans-khmer", "NotoSansKhmer_700Bold.ttf", "font/ttf"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_that_the_style_names_is_there_and_khmer_is_fetched_only_for_khmer() {
        let style = String::from_utf8(ASSETS[0].2.to_vec()).unwrap();
        let faces: Vec<&str> =
            style.lines().filter(|line| line.starts_with("@font-face")).collect();
        assert_eq!(faces.len(), ASSETS.iter().filter(|one| one.1.starts_with("font/")).count());
        for face in faces {
            let name = face.split("url(").nth(1).and_then(|rest| rest.split(')').next()).unwrap();
            assert!(ASSETS.iter().any(|one| one.0 == name), "{name}");
            assert_eq!(face.contains("unicode-range"), name.contains("Khmer"), "{face}");
        }
        assert!(style.contains("\"Be Vietnam Pro\", \"Noto Sans Khmer\""), "pages use it");
    }
}
