//! The built file in a real browser.

use crate::run::{self, Fallible, Project, Report};
use crate::setup;
use std::fs;

/// Runs `tests/e2e/*.test.mjs` with Node's test runner; options such as `--test-name-pattern=drop` are passed on.
pub fn run(project: &Project, report: &mut Report, options: &[String]) -> Fallible {
    if !project.page().exists() {
        return Err("dist/index.html is missing. Build it first: cargo xtask build".into());
    }
    let browser = setup::browser()
        .ok_or("no Chromium or Chrome found: install one, or set CHROME_PATH to its executable")?;
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
        let mut node = project.command("node");
        node.args(["--test", "--test-reporter=spec"]).args(options).args(&tests).env("CHROME_PATH", &browser);
        let (kept, result) = run::tee(&mut node, |line| {
            ["ℹ tests ", "ℹ pass ", "ℹ fail ", "ℹ skipped "].iter().any(|start| line.starts_with(start))
        });
        lines = kept;
        result
    });
    report.runners.extend(lines);
    tested
}
