//! Style sheets as declarations.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Units that are sizes or times of the look. Free are shares of something (`%`, `fr`, `vh`), angles, and `em`, which is
/// relative to the text it stands in.
const UNITS: [&str; 12] = ["px", "rem", "pt", "pc", "in", "cm", "mm", "ch", "ex", "s", "ms", "lh"];

/// Functions that make colours.
const COLOR_FUNCTIONS: [&str; 12] = [
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "light-dark",
    "cubic-bezier",
];

/// Colours by name that somebody might write. System colours are for `forced-colors`.
const NAMED_COLORS: [&str; 22] = [
    "white",
    "black",
    "gray",
    "grey",
    "silver",
    "red",
    "green",
    "blue",
    "yellow",
    "orange",
    "purple",
    "brown",
    "pink",
    "teal",
    "navy",
    "tomato",
    "gold",
    "canvas",
    "canvastext",
    "highlight",
    "buttontext",
    "graytext",
];

/// Properties whose numbers have no unit, or whose words are a choice of the look: tokens only.
const TOKENS_ONLY: [&str; 6] =
    ["font-family", "font-weight", "line-height", "z-index", "stroke-width", "border-radius"];

/// A declaration, and the rules around it from the outside in.
#[derive(Clone, Debug)]
pub struct Declaration {
    pub within: Vec<String>,
    pub property: String,
    pub value: String,
}

impl Declaration {
    /// What of the value ought to be a token.
    pub fn literal(&self) -> Option<String> {
        let custom = self.property.starts_with("--");
        let within = |what: &str| self.within.iter().any(|rule| rule.contains(what));
        let value = self.value.to_ascii_lowercase();
        for word in words(&value) {
            if word.starts_with('#') {
                return Some(format!("the colour {word}"));
            }
            if NAMED_COLORS.contains(&word) && !within("forced-colors") {
                return Some(format!("the colour {word}"));
            }
            let number = word.trim_start_matches(['-', '+']);
            let unit = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            if unit.len() == number.len() || !UNITS.contains(&unit) {
                continue;
            }
            // A size of this component's own layout has a name at its top; times and paper have theirs elsewhere.
            let time = unit == "s" || unit == "ms";
            if (!custom || time) && !within("@page") {
                return Some(format!("the size {word}"));
            }
        }
        for function in COLOR_FUNCTIONS {
            if value.split(['(']).any(|before| last_word(before) == function) && value.contains('(') {
                return Some(format!("{function}()"));
            }
        }
        let plain = ["inherit", "normal", "0", "none"].contains(&value.as_str());
        if TOKENS_ONLY.contains(&self.property.as_str()) && !plain && !value.contains("var(--") {
            return Some("only tokens here".to_owned());
        }
        None
    }
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next().unwrap_or_default()
}

/// The words of a value, without those within quotes and without the names of tokens.
pub fn words(value: &str) -> impl Iterator<Item = &str> {
    value
        .split('"')
        .step_by(2)
        .flat_map(|part| part.split([' ', ',', '(', ')', '/', '*', ':']))
        .filter(|word| !word.is_empty() && !word.starts_with("--"))
}

/// A style sheet of the project.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub name: String,
    pub lines: usize,
    pub declarations: Vec<Declaration>,
}

impl Sheet {
    /// Custom properties that are set here, without their dashes.
    pub fn defined(&self) -> impl Iterator<Item = String> {
        self.declarations.iter().filter_map(|d| Some(d.property.strip_prefix("--")?.to_owned()))
    }

    /// Custom properties that are read here, without their dashes.
    pub fn used(&self) -> impl Iterator<Item = String> {
        self.declarations.iter().flat_map(|d| names_after(&d.value, "var(--"))
    }
}

/// A file of the project as text.
pub fn project_file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// All of `style/`.
pub fn sheets() -> Vec<Sheet> {
    files("style", "css")
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).expect("a sheet");
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Sheet { name, lines: text.lines().count(), declarations: declarations(&text) }
        })
        .collect()
}

/// The tokens that hold for everybody, or those that a media query changes.
pub fn tokens(media: Option<&str>) -> BTreeMap<String, String> {
    declarations(&project_file("style/tokens.css"))
        .into_iter()
        .filter(|declaration| match media {
            None => declaration.within == [":root"],
            Some(media) => declaration.within.first().is_some_and(|rule| rule.contains(media)),
        })
        .filter_map(|d| Some((d.property.strip_prefix("--")?.to_owned(), d.value)))
        .collect()
}

/// The widths that the head of `tokens.css` documents, such as `50rem`.
pub fn breakpoints() -> BTreeSet<String> {
    let text = project_file("style/tokens.css");
    text.split("breakpoint ").skip(1).filter_map(|rest| Some(rest.split_once(':')?.0.to_owned())).collect()
}

/// What follows a mark in the program's sources, such as the custom properties that it sets.
pub fn used_in_code(mark: &str) -> BTreeSet<String> {
    files("src", "rs")
        .iter()
        .flat_map(|path| names_after(&fs::read_to_string(path).expect("a source"), mark))
        .collect()
}

fn names_after(text: &str, mark: &str) -> Vec<String> {
    let name = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
    };
    text.split(mark).skip(1).map(name).filter(|name| !name.is_empty()).collect()
}

/// A sheet taken apart. Knows comments, strings, and rules within rules; that is all that is used here.
fn declarations(text: &str) -> Vec<Declaration> {
    let (mut found, mut within, mut current, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    for c in without_comments(text).chars() {
        quoted ^= c == '"';
        match c {
            '{' if !quoted => within.push(one_line(&std::mem::take(&mut current))),
            ';' | '}' if !quoted => {
                if let Some((property, value)) = current.split_once(':') {
                    found.push(Declaration {
                        within: within.clone(),
                        property: property.trim().to_owned(),
                        value: one_line(value),
                    });
                }
                current.clear();
                if c == '}' {
                    within.pop();
                }
            }
            c => current.push(c),
        }
    }
    found
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("*/").map_or("", |(_, after)| after))
}

#[test]
fn literals_are_found_and_what_is_relative_is_not() {
    let literal = |css: &str| {
        let all = declarations(css);
        assert_eq!(all.len(), 1, "{css}");
        all[0].literal().is_some()
    };
    for bad in [
        "a { color: #fff; }",
        "a { color: rgb(0 0 0 / 10%); }",
        "a { border: var(--stroke-thin) solid red }",
        "a { color: CanvasText; }",
        "a { margin: calc(-1 * 0.5rem); }",
        "a { padding: 0 -2px; }",
        "a { animation: in 0.2s var(--curve-ease); }",
        "a { --wait: 200ms; }",
        "a { --own: #123456; }",
        "a { font-weight: 600; }",
        "a { line-height: 1.2; }",
        "a { z-index: 9; }",
        "a { border-radius: 50%; }",
        "@media (width > 1rem) { a { gap: 3px; } }",
    ] {
        assert!(literal(bad), "{bad}");
    }
    for good in [
        "a { color: var(--text); }",
        "a { --column: 16rem; }",
        "a { width: min(var(--column), 100vw); }",
        "a { padding: 0 0.15em; }",
        "a { content: \"#fff; 2px\"; }",
        "a { grid-template-columns: 1fr repeat(2, 50%); }",
        "a { font-weight: inherit; }",
        "@media (forced-colors: active) { a { color: CanvasText; } }",
        "@page { margin: 15mm; }",
    ] {
        assert!(!literal(good), "{good}");
    }
}
