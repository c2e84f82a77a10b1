//! Format, lints, native tests, licences.

use crate::run::{self, Fallible, Project, Report};

/// All of it, cheapest first.
pub fn all(project: &Project, report: &mut Report) -> Fallible {
    let cargo = |arguments: &[&str]| {
        let mut command = project.command("cargo");
        command.args(arguments);
        command
    };
    report.step("Format", || {
        run::status(&mut cargo(&["fmt", "--all", "--check"]))
            .map_err(|e| format!("{e}\nRun: cargo fmt --all"))
    })?;
    // Natively, for all code including the browser's edge, which compiles anywhere.
    report.step("Lints (minutes the first time)", || {
        let clippy =
            ["clippy", "--workspace", "--all-targets", "--all-features", "--locked", "--", "-D", "warnings"];
        run::status(&mut cargo(&clippy))
    })?;
    // Without the feature `ui`: the core compiles and runs without a browser.
    let mut lines = Vec::new();
    let tested = report.step("Native tests (minutes the first time)", || {
        let (kept, result) = run::tee(&mut cargo(&["test", "--workspace", "--locked"]), |line| {
            line.starts_with("test result:") && !line.contains(" 0 passed; 0 failed; 0 ignored")
        });
        lines = kept;
        result
    });
    report.runners.extend(lines);
    tested?;
    // The components need the feature, but what is tested of them needs no browser.
    let mut lines = Vec::new();
    let tested = report.step("Native tests of the components (minutes the first time)", || {
        let (kept, result) =
            run::tee(&mut cargo(&["test", "--locked", "--features", "ui", "--lib", "ui::"]), |line| {
                line.starts_with("test result:")
            });
        lines = kept;
        result
    });
    report.runners.extend(lines);
    tested?;
    report.step("Licences, bans and sources", || {
        run::status(&mut deny(project, &["bans", "licenses", "sources"]))
    })?;
    advisories(project, report)
}

fn deny(project: &Project, checks: &[&str]) -> std::process::Command {
    let mut command = project.command("cargo");
    command.args([
        "deny",
        "--all-features",
        "--locked",
        "--log-level",
        "error",
        "check",
        "--hide-inclusion-graph",
    ]);
    command.args(checks);
    command
}

/// The advisory database lies on GitHub; a machine that cannot reach it is no reason to fail.
fn advisories(project: &Project, report: &mut Report) -> Fallible {
    let mut offline = false;
    report.step("Security advisories", || match run::output(&mut deny(project, &["advisories"])) {
        Err(e)
            if e.contains("failed to fetch advisory database") || e.contains("unable to load advisory") =>
        {
            offline = true;
            Ok(())
        }
        result => result.map(|_| ()),
    })?;
    if offline {
        let note = "security advisories not checked: the advisory database could not be fetched";
        println!("{note}");
        report.notes.push(note.to_owned());
    }
    Ok(())
}
