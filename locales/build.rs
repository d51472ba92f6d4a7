//! Finds the languages: each folder here that holds `.ftl` files is one, and is built into the
//! program. So a language is added by data alone.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// These come first, in this order: every language falls back to the first one.
const FIRST: [&str; 2] = ["vi", "en"];

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed={}", here.display());
    let mut languages = Vec::new();
    for entry in fs::read_dir(&here)? {
        let folder = entry?.path();
        let files = sentences(&folder)?;
        if let (false, Some(name)) = (files.is_empty(), folder.file_name()) {
            languages.push((name.to_string_lossy().into_owned(), files));
        }
    }
    let place = |code: &str| FIRST.iter().position(|first| *first == code).unwrap_or(FIRST.len());
    languages.sort_by(|(a, _), (b, _)| (place(a), a).cmp(&(place(b), b)));

    let mut code = "static LANGUAGES: &[(&str, Sources)] = &[\n".to_owned();
    for (language, files) in languages {
        // Writing to a string can not fail.
        let _ = writeln!(code, "    ({language:?}, &[");
        for (room, path) in files {
            println!("cargo::rerun-if-changed={}", path.display());
            let _ =
                writeln!(code, "        ({room:?}, include_str!({:?})),", path.to_string_lossy());
        }
        code.push_str("    ]),\n");
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("languages.rs"), code)
}

/// The `.ftl` files of a folder, by room; none where it is no folder.
fn sentences(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "ftl") {
                let room = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                files.push((room, path));
            }
        }
    }
    files.sort();
    Ok(files)
}
