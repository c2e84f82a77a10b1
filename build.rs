//! Lists the languages: each folder of `locales/` is one, with all of its `.ftl` files. So a language is added by a folder
//! and no code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=locales");
    fs::write(out.join("languages.rs"), languages(&root.join("locales"))?)
}

/// `&[Language { tag: "en", messages: &[include_str!("…/locales/en/app.ftl"), …] }, …]`, by tag.
fn languages(locales: &Path) -> io::Result<String> {
    let mut list = String::from("&[\n");
    for folder in children(locales)? {
        let tag = folder.file_name().unwrap_or_default().to_string_lossy();
        // Writing to a String cannot fail.
        let _ = write!(list, "    Language {{ tag: {tag:?}, messages: &[");
        for file in children(&folder)?.iter().filter(|file| file.extension().is_some_and(|e| e == "ftl")) {
            let _ = write!(list, "include_str!({:?}), ", file.to_string_lossy());
        }
        list.push_str("] },\n");
    }
    list.push_str("]\n");
    Ok(list)
}

/// In order of their names, so that every machine makes the same program.
fn children(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut children: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    children.retain(|path| !path.file_name().unwrap_or_default().to_string_lossy().starts_with('.'));
    children.sort();
    Ok(children)
}
