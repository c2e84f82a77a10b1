//! Weighs the release against its budget.

use crate::run::{Fallible, Project};
use flate2::{Compression, GzBuilder};
use std::fs;
use std::io::Write as _;

/// Of the whole page, gzipped, as a static host sends it.
const BUDGET: usize = 1_000_000;

/// Prints what each part costs; an error above the budget.
pub fn check(project: &Project) -> Fallible {
    let path = project.page();
    let page = fs::read_to_string(&path)
        .map_err(|e| format!("{}: {e}\nBuild it first: cargo xtask build", path.display()))?;
    let (mut styles, mut wasm, mut glue, mut charts, mut boot) = (0, 0, 0, 0, 0);
    for body in bodies(&page, "<style", "</style>") {
        styles += gzip(body.1.as_bytes())?.len();
    }
    for (tag, body) in bodies(&page, "<script", "</script>") {
        match tag {
            // Already gzipped; base64 costs next to nothing once the page is gzipped again.
            t if t.contains("id=\"wasm\"") => wasm += body.len() / 4 * 3,
            t if t.contains("id=\"glue\"") => glue += gzip(body.as_bytes())?.len(),
            _ if body.contains("Apache ECharts") => charts += gzip(body.as_bytes())?.len(),
            _ => boot += gzip(body.as_bytes())?.len(),
        }
    }
    let total = gzip(page.as_bytes())?.len();
    let rest = total.saturating_sub(styles + wasm + glue + charts + boot);
    for (name, bytes) in [
        ("wasm", wasm),
        ("ECharts", charts),
        ("wasm-bindgen glue", glue),
        ("boot", boot),
        ("style sheets", styles),
        ("HTML and base64", rest),
        ("in all", total),
        ("budget", BUDGET),
    ] {
        println!("{bytes:>9} bytes gzipped  {name}");
    }
    if total > BUDGET {
        return Err(format!(
            "dist/index.html is {} bytes over its budget. What grew? `cargo bloat`, `twiggy top`, or a new dependency.",
            total - BUDGET
        ));
    }
    Ok(())
}

/// What a static host does at its best; not the packing of the wasm, which is done before ([`crate::bundle`]).
fn gzip(bytes: &[u8]) -> Fallible<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(|e| format!("gzip: {e}"))
}

/// Start tags and contents of all elements of a kind.
fn bodies<'a>(page: &'a str, open: &str, close: &str) -> Vec<(&'a str, &'a str)> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((tag, after)) = rest.find(open).and_then(|at| rest[at..].split_once('>')) {
        let (body, after) = after.split_once(close).unwrap_or((after, ""));
        found.push((tag, body));
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_element_once() {
        let page = "<style>a</style><script id=\"wasm\">b</script><p><script>c</script>";
        assert_eq!(bodies(page, "<style", "</style>"), [("<style", "a")]);
        assert_eq!(bodies(page, "<script", "</script>"), [("<script id=\"wasm\"", "b"), ("<script", "c")]);
    }
}
