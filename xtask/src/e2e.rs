//! The built file in a real browser.

use crate::run::{self, Fallible, Project, Report};
use crate::setup;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs `tests/e2e/*.test.mjs` with Node's test runner; options such as `--test-name-pattern=drop` are passed on.
pub fn run(project: &Project, report: &mut Report, options: &[String]) -> Fallible {
    let browser = browser(project)?;
    let folder = project.root.join("tests/e2e");
    let mut tests: Vec<_> = fs::read_dir(&folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    tests.sort();
    let mut lines = Vec::new();
    let name = format!("End-to-end tests in {}", browser.display());
    let tested = report.step(&name, || {
        let mut node = node(project, &browser);
        node.args(options).args(&tests);
        let (kept, result) = run::tee(&mut node, |line| {
            ["ℹ tests ", "ℹ pass ", "ℹ fail ", "ℹ skipped "].iter().any(|start| line.starts_with(start))
        });
        lines = kept;
        result
    });
    report.runners.extend(lines);
    tested
}

/// Takes pictures of every page and state, in all languages and themes, into `tests/e2e/output/screens`; with `--kept`
/// the few that are committed, into `docs/screens`.
pub fn screenshots(project: &Project, report: &mut Report, options: &[String]) -> Fallible {
    let browser = browser(project)?;
    let (which, folder) = match options {
        [] => ("all", "tests/e2e/output/screens"),
        [kept] if kept == "--kept" => ("kept", "docs/screens"),
        _ => return Err(format!("screenshots takes --kept or nothing, not {options:?}")),
    };
    let mut node = node(project, &browser);
    node.env("SCREENSHOTS", which).arg(project.root.join("tests/e2e/screenshots.mjs"));
    report.step(&format!("Pictures: {folder}"), || run::status(&mut node))
}

/// Chromium, if there is also something to show in it.
fn browser(project: &Project) -> Fallible<PathBuf> {
    if !project.page().exists() {
        return Err("dist/index.html is missing. Build it first: cargo xtask build".into());
    }
    let browser = setup::browser();
    browser.ok_or_else(|| {
        "no Chromium or Chrome found: install one, or set CHROME_PATH to its executable".into()
    })
}

/// Node's test runner, with the browser it is to use.
fn node(project: &Project, browser: &Path) -> Command {
    let mut node = project.command("node");
    node.args(["--test", "--test-reporter=spec"]).env("CHROME_PATH", browser);
    node
}
