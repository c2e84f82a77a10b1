//! The project's own commands. `cargo xtask help` lists them.
//!
//! | module | job |
//! |---|---|
//! | [`setup`] | installs what a command needs and is missing |
//! | [`wasm`] | where the wasm32 standard library comes from |
//! | [`order`] | functions that look alike next to each other: smaller when packed |
//! | [`bundle`] | folds trunk's output into the one file `dist/index.html` |
//! | [`size`] | weighs that file against the budget |
//! | [`check`] | format, lints, native tests, licences |
//! | [`e2e`] | the built file in a real browser |
//! | [`bench`] | the built file against others, in a real browser |
//! | [`run`] | child processes, steps and their times |

mod bench;
mod bundle;
mod check;
mod css;
mod e2e;
mod order;
mod run;
mod setup;
mod size;
mod wasm;

use run::{Fallible, Project, Report};
use setup::Need;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  serve [trunk options]   build and serve the app while you work on it: http://127.0.0.1:8080/
  build                   the release: exactly one file, dist/index.html
  test                    everything: check, build, size, e2e
  check                   format, lints, native tests, licences
  size                    weigh dist/index.html against the budget
  e2e [node options]      end-to-end tests of dist/index.html in Chromium
  screenshots [--kept]    pictures of every page and state of dist/index.html; --kept: those in docs/screens
  bench [options]         how fast dist/index.html reads 1 GB, beside others: --quick, --mb 1000, --runs 3,
                          --only app,handjs,floors, --corpus receive,activity, --page path/to/index.html
  setup                   only install what is missing

Each command first installs what it needs and is missing. Nothing is done twice.";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    match dispatch(&command, &rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\nerror: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, rest: &[String]) -> Fallible {
    let project = Project::open()?;
    let mut report = Report::default();
    match command {
        "serve" => serve(&project, &mut report, rest),
        "build" => build(&project, &mut report),
        "check" => {
            setup::ready(&project, &mut report, &[Need::Check])?;
            check::all(&project, &mut report)
        }
        "size" => report.step("Size budget", || size::check(&project)),
        "e2e" => {
            setup::ready(&project, &mut report, &[Need::Browser])?;
            e2e::run(&project, &mut report, rest)
        }
        "screenshots" => {
            setup::ready(&project, &mut report, &[Need::Browser])?;
            e2e::screenshots(&project, &mut report, rest)
        }
        "bench" => bench(&project, &mut report, rest),
        "setup" => setup::ready(&project, &mut report, &Need::ALL).map(|_| report.print()),
        "test" => {
            let result = test(&project, &mut report);
            report.print();
            result
        }
        "" | "help" | "-h" | "--help" => {
            println!("{HELP}");
            Ok(())
        }
        unknown => Err(format!("there is no command {unknown:?}.\n\n{HELP}")),
    }
}

fn serve(project: &Project, report: &mut Report, rest: &[String]) -> Fallible {
    let web = setup::ready(project, report, &[Need::Wasm])?;
    let mut trunk = web.command(project, "trunk");
    // Optimised, since a debug build would read logs twenty times slower; but incremental and without LTO.
    trunk.args(["serve", "--cargo-profile", "serve"]).args(rest);
    println!(
        "▶ trunk serve: http://127.0.0.1:8080/ unless you add `--port`. The first build takes minutes; stop with Ctrl+C."
    );
    run::status(&mut trunk)
}

fn build(project: &Project, report: &mut Report) -> Fallible {
    let web = setup::ready(project, report, &[Need::Wasm, Need::Optimiser])?;
    build_with(project, report, &web)
}

fn build_with(project: &Project, report: &mut Report, web: &wasm::Web) -> Fallible {
    report.step("Release build: cargo, wasm-bindgen, wasm-opt (minutes when much has changed)", || {
        let mut trunk = web.command(project, "trunk");
        trunk.args(["build", "--release", "--dist"]).arg(project.staging());
        trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", wasm::release_flags(project)?);
        run::status(&mut trunk)
    })?;
    report.step("Order of functions", || order::functions(project))?;
    report.step("One file: dist/index.html", || bundle::write(project))
}

fn bench(project: &Project, report: &mut Report, rest: &[String]) -> Fallible {
    let given = bench::page(rest)?;
    setup::ready(project, report, &[Need::Benchmark])?;
    let (web, page) = if let Some(page) = given {
        // No more than what the floor needs.
        (wasm::ready(project, report)?, page)
    } else {
        let web = setup::ready(project, report, &[Need::Wasm, Need::Optimiser])?;
        build_with(project, report, &web)?;
        (web, project.page())
    };
    bench::run(project, report, &web, &page, rest)
}

fn test(project: &Project, report: &mut Report) -> Fallible {
    let web = setup::ready(project, report, &Need::ALL)?;
    check::all(project, report)?;
    build_with(project, report, &web)?;
    report.step("Size budget", || size::check(project))?;
    e2e::run(project, report, &[])
}
