//! The browser benchmark: big logs, read by the app, by others, and by nobody.

use crate::run::{self, Fallible, Project, Report};
use crate::setup;
use crate::wasm::Web;
use std::fs;
use std::path::{Path, PathBuf};

/// The page to measure, if it is not to be built: the value of `--page`.
///
/// # Errors
/// If there is no such file.
pub fn page(options: &[String]) -> Fallible<Option<PathBuf>> {
    let mut options = options.iter();
    while let Some(option) = options.next() {
        let value = match option.strip_prefix("--page") {
            Some("") => options.next().map(String::as_str),
            Some(rest) => rest.strip_prefix('='),
            None => continue,
        };
        let path = value.ok_or("--page wants the path of a page")?;
        let path = std::path::absolute(path).map_err(|e| format!("{path}: {e}"))?;
        return if path.is_file() { Ok(Some(path)) } else { Err(format!("{} is missing", path.display())) };
    }
    Ok(None)
}

/// Runs `benches/browser/run.mjs` on a page; its options are passed on.
pub fn run(project: &Project, report: &mut Report, web: &Web, page: &Path, options: &[String]) -> Fallible {
    let browser = setup::browser()
        .ok_or("no Chromium or Chrome found: install one, or set CHROME_PATH to its executable")?;
    report.step("The corpora's generator", || {
        let mut cargo = project.command("cargo");
        cargo.args(["build", "--release", "--locked", "--package", "smtp-auth-report-bench"]);
        run::status(&mut cargo)
    })?;
    let folder = project.target.join("bench");
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let count = folder.join("count.wasm");
    report.step("The floor in WebAssembly", || {
        let mut rustc = web.command(project, "rustc");
        rustc.args(["--edition", "2021", "--crate-type", "cdylib", "--target", "wasm32-unknown-unknown"]);
        rustc.args(["-Copt-level=3", "-Ctarget-feature=+simd128", "-Cpanic=abort", "-Cstrip=symbols", "-o"]);
        run::status(rustc.arg(&count).arg(project.root.join("benches/browser/count.rs")))
    })?;
    let name = format!("Benchmark in {} (many minutes)", browser.display());
    report.step(&name, || {
        let mut node = project.command("node");
        node.arg(project.root.join("benches/browser/run.mjs")).args(options);
        // The last of an option counts.
        node.arg("--page").arg(page);
        node.arg("--corpus-tool").arg(project.target.join("release/corpus"));
        node.arg("--corpora").arg(project.target.join("corpora"));
        node.arg("--count-wasm").arg(&count).env("CHROME_PATH", &browser);
        run::status(&mut node)
    })
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn finds_the_page_among_the_options() {
        let options = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        // Tests run in the package's folder.
        let there = "src/bench.rs";
        assert_eq!(page(&options(&["--mb", "200"])), Ok(None));
        for words in [vec!["--mb", "200", "--page", there], vec![&format!("--page={there}"), "--quick"]] {
            let found = page(&options(&words));
            assert!(found.is_ok_and(|path| path.is_some_and(|path| path.ends_with(there))), "{words:?}");
        }
        assert!(page(&options(&["--page"])).is_err());
        assert!(page(&options(&["--page", "no/such/file"])).is_err());
    }
}
