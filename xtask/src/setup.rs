//! Installs what a command needs and is missing. Fast when nothing is.

use crate::run::{self, Fallible, Project, Report};
use crate::wasm::{self, Web};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A part of the set-up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The wasm32 target, trunk, wasm-bindgen.
    Wasm,
    /// wasm-opt.
    Optimiser,
    /// rustfmt, clippy, cargo-deny.
    Check,
    /// Chromium and what drives it.
    Browser,
    /// Chromium, and what the page is measured against.
    Benchmark,
}

impl Need {
    /// All parts that the tests need.
    pub const ALL: [Self; 4] = [Self::Wasm, Self::Optimiser, Self::Check, Self::Browser];
}

const TRUNK: &str = "0.21.14";
const DENY: &str = "0.20.2";
/// The oldest Node.js that the test runner and the tools are known to work with: Debian 12's.
const NODE: u32 = 18;

/// Makes sure that these parts are there; how to run what compiles for wasm32.
pub fn ready(project: &Project, report: &mut Report, needs: &[Need]) -> Fallible<Web> {
    let mut web = None;
    for need in needs {
        match need {
            Need::Wasm => {
                web = Some(wasm::ready(project, report)?);
                fetch(project)?;
                tool(project, report, "trunk", "trunk", TRUNK, true, "about 8 minutes on 2 cores")?;
                let bindgen = locked_version(&project.root.join("Cargo.lock"), "wasm-bindgen")?;
                // Without the crate's own lock file, which has named crates that were taken back since.
                let took = "about 3 minutes on 2 cores";
                tool(project, report, "wasm-bindgen", "wasm-bindgen-cli", &bindgen, false, took)?;
            }
            Need::Optimiser => {
                node(project, report)?;
                npm_ci(project, report, "xtask", "wasm-opt")?;
            }
            Need::Check => {
                components(project, report)?;
                let installed = run::output(project.command("cargo-deny").arg("--version"));
                if installed.is_err() {
                    install(project, report, "cargo-deny", DENY, true, "about 3 minutes on 2 cores")?;
                }
            }
            Need::Browser => {
                node(project, report)?;
                npm_ci(project, report, "tests/e2e", "the browser tests' driver")?;
                chromium(project, report)?;
            }
            Need::Benchmark => {
                node(project, report)?;
                npm_ci(project, report, "benches/browser", "what the page is measured against")?;
                chromium(project, report)?;
            }
        }
    }
    Ok(web.unwrap_or_default())
}

/// A Chromium-based browser: `CHROME_PATH`, or the first one found.
pub fn browser() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROME_PATH").filter(|v| !v.is_empty()) {
        return Some(path.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|p| std::env::split_paths(&p).collect()).unwrap_or_default();
    let on_path = names.iter().flat_map(|n| folders.iter().map(move |f| f.join(n)));
    let applications = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];
    on_path.chain(applications.map(PathBuf::from)).find(|p| p.is_file())
}

fn chromium(project: &Project, report: &mut Report) -> Fallible {
    if browser().is_some() {
        return Ok(());
    }
    apt(project, report, &["chromium", "fonts-dejavu-core"], "Chromium")
}

/// rustup's minimal profile comes without them.
fn components(project: &Project, report: &mut Report) -> Fallible {
    let there = |tool: &str| run::output(project.command("cargo").args([tool, "--version"])).is_ok();
    if there("fmt") && there("clippy") {
        return Ok(());
    }
    report.step("Adding rustfmt and clippy (seconds)", || {
        run::status(project.command("rustup").args(["component", "add", "rustfmt", "clippy"]))
            .map_err(|e| format!("{e}\nInstall rustfmt and clippy for this toolchain, then run this again."))
    })
}

/// Downloads the locked crates, since trunk then works offline.
fn fetch(project: &Project) -> Fallible {
    run::status(project.command("cargo").args(["fetch", "--quiet", "--locked"]))
        .map_err(|e| format!("{e}\nEither Cargo.lock is behind Cargo.toml (run `cargo check`), or the registry is out of reach."))
}

/// Takes a tool of exactly this version from PATH, or installs it into the project's own folder: a tool the user
/// has in another version stays untouched.
fn tool(
    project: &Project,
    report: &mut Report,
    program: &str,
    package: &str,
    version: &str,
    locked: bool,
    took: &str,
) -> Fallible {
    let installed = run::output(project.command(program).arg("--version")).unwrap_or_default();
    if installed.split_whitespace().nth(1) == Some(version) {
        return Ok(());
    }
    install(project, report, package, version, locked, took)
}

fn install(
    project: &Project,
    report: &mut Report,
    package: &str,
    version: &str,
    locked: bool,
    took: &str,
) -> Fallible {
    report.step(&format!("Installing {package} {version} ({took})"), || {
        let mut cargo = project.command("cargo");
        cargo.args(["install", "--quiet", package, "--version", version, "--root"]).arg(&project.tools);
        if locked {
            cargo.arg("--locked");
        }
        // A folder of its own: the target folder would keep a gigabyte of it.
        run::status(cargo.env_remove("CARGO_TARGET_DIR"))
            .map_err(|e| format!("{e}\nIf a C compiler is missing: apt-get install build-essential"))
    })
}

/// The version of a crate in a lock file.
fn locked_version(lock: &Path, package: &str) -> Fallible<String> {
    let text = fs::read_to_string(lock).map_err(|e| format!("{}: {e}", lock.display()))?;
    let name = format!("name = \"{package}\"");
    text.lines()
        .skip_while(|l| *l != name)
        .find_map(|l| l.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| format!("{} does not name {package}", lock.display()))
}

fn node(project: &Project, report: &mut Report) -> Fallible {
    let version = run::output(project.command("node").arg("--version")).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|v| v.parse::<u32>().ok());
    let npm = run::output(npm(project).arg("--version"));
    match major {
        Some(major) if major < NODE => {
            Err(format!("Node.js {version} is too old: install {NODE} or newer, https://nodejs.org/"))
        }
        Some(_) if npm.is_ok() => Ok(()),
        Some(_) => apt(project, report, &["npm"], "npm"),
        None => apt(project, report, &["nodejs", "npm"], "Node.js for wasm-opt and the browser tests"),
    }
}

fn npm(project: &Project) -> Command {
    project.command(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// Installs a folder's locked npm packages unless that very lock file is installed already.
fn npm_ci(project: &Project, report: &mut Report, folder: &str, what: &str) -> Fallible {
    let folder = project.root.join(folder);
    let lock = folder.join("package-lock.json");
    let wanted = fs::read_to_string(&lock).map_err(|e| format!("{}: {e}", lock.display()))?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|s| s == wanted) {
        return Ok(());
    }
    report.step(&format!("Installing {what} with npm ci (seconds)"), || {
        let mut npm = npm(project);
        run::status(npm.current_dir(&folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
            .map_err(|e| format!("{e}\nDoes `npm ping` reach the registry?"))?;
        fs::write(&stamp, &wanted).map_err(|e| format!("{}: {e}", stamp.display()))
    })
}

/// A command that may write outside the user's own folders.
pub fn is_root_or_sudo(project: &Project, program: &str) -> Fallible<Command> {
    if run::output(project.command("id").arg("-u")).is_ok_and(|id| id == "0") {
        return Ok(project.command(program));
    }
    if run::output(project.command("sudo").arg("--version")).is_err() {
        return Err(format!("`{program}` needs root, and there is no sudo: run this command as root once"));
    }
    let mut command = project.command("sudo");
    // sudo may ask for a password.
    command.arg(program).stdin(std::process::Stdio::inherit());
    Ok(command)
}

/// Installs those of these Debian packages that are missing.
pub fn apt(project: &Project, report: &mut Report, packages: &[&str], what: &str) -> Fallible {
    let installed = |package: &&str| {
        let mut query = project.command("dpkg-query");
        run::output(query.args(["--show", "--showformat=${db:Status-Status}", package]))
            .is_ok_and(|status| status == "installed")
    };
    let missing: Vec<&str> = packages.iter().copied().filter(|p| !installed(p)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if run::output(project.command("apt-get").arg("--version")).is_err() {
        return Err(format!(
            "{what} is missing, and there is no apt-get here. README.md, \"macOS and Windows\", lists the manual steps."
        ));
    }
    let list = missing.join(" ");
    report.step(&format!("Installing {what}: apt-get install {list} (about 1 minute)"), || {
        let apt_get = |arguments: &[&str]| {
            let mut command = is_root_or_sudo(project, "env")?;
            command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]).args(arguments);
            run::status(&mut command)
        };
        // A stale list is no reason to stop: the install below says what is really missing.
        if let Err(e) = apt_get(&["update"]) {
            println!("{e}");
        }
        let mut install = vec!["install", "--yes", "--no-install-recommends", "--no-remove"];
        install.extend(&missing);
        apt_get(&install).map_err(|e| format!("{e}\nInstall {list} by hand, then run this again."))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_of_exactly_that_crate() {
        let lock = std::env::temp_dir().join(format!("xtask-lock-{}", std::process::id()));
        let text = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        fs::write(&lock, text).unwrap();
        assert_eq!(locked_version(&lock, "wasm-bindgen").unwrap(), "0.2.130");
        assert!(locked_version(&lock, "leptos").is_err());
        fs::remove_file(lock).unwrap();
    }
}
