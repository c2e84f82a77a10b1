//! Where the wasm32 standard library comes from: rustup, or, where rustup cannot download, Debian's compiler.
//!
//! Only this module knows of the second world: everything else runs commands through [`Web::command`].

use crate::run::{self, Fallible, Project, Report};
use crate::setup::{apt, is_root_or_sudo};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_TOOLCHAIN: &str = "debian-wasm";
const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];
/// Beside the standard library built by [`build_std`]: the compiler it belongs to.
const STAMP: &str = "built-by-smtp-auth-report";

/// How to run commands that compile for wasm32.
#[derive(Default)]
pub struct Web {
    toolchain: Option<&'static str>,
}

impl Web {
    /// A child process that can compile for wasm32.
    pub fn command(&self, project: &Project, program: &str) -> Command {
        let mut command = project.command(program);
        if let Some(toolchain) = self.toolchain {
            // The library path is that of the toolchain which runs this xtask.
            command.env("RUSTUP_TOOLCHAIN", toolchain).env_remove("LD_LIBRARY_PATH");
        }
        command
    }
}

/// Makes sure that one of the two worlds is there, and says which.
pub fn ready(project: &Project, report: &mut Report) -> Fallible<Web> {
    // For testing the set-up itself: `SMTP_AUTH_REPORT_WASM=debian` goes past rustup.
    let debian_only = std::env::var("SMTP_AUTH_REPORT_WASM").is_ok_and(|v| v == "debian");
    if !debian_only {
        if has_std(&sysroot(project, "rustc")?) {
            println!("wasm32 target: from rustup");
            return Ok(Web { toolchain: None });
        }
        if debian_std_is_current(project) && debian_is_linked(project) && linker(project).exists() {
            println!("wasm32 target: Debian's compiler (rustup toolchain {DEBIAN_TOOLCHAIN})");
            return Ok(Web { toolchain: Some(DEBIAN_TOOLCHAIN) });
        }
        let added = report.step("Adding rustup's wasm32 target (seconds)", || {
            // A blocked network must not hang the set-up: the download is 25 MB.
            let mut rustup = project.command("rustup");
            rustup.args(["target", "add", TARGET]).env("RUSTUP_MAX_RETRIES", "1");
            limited(&mut rustup, Duration::from_secs(300)).or_else(|e| {
                println!("{e}");
                Ok(false)
            })
        })?;
        if added && has_std(&sysroot(project, "rustc")?) {
            return Ok(Web { toolchain: None });
        }
        println!("rustup cannot provide the target here; taking Debian's compiler instead.");
    }
    debian(project, report).map_err(|e| {
        format!(
            "{e}\n\nNo way to compile for {TARGET}. Either let `rustup target add {TARGET}` reach its download \
             server, or on Debian/Ubuntu install {} yourself and run this again.",
            DEBIAN_PACKAGES.join(" ")
        )
    })
}

fn debian(project: &Project, report: &mut Report) -> Fallible<Web> {
    if !debian_std_is_current(project) {
        apt(project, report, &DEBIAN_PACKAGES, "Debian's compiler for wasm")?;
        report.step("Building the wasm32 standard library once (about 1 minute)", || build_std(project))?;
    }
    if !debian_is_linked(project) {
        run::status(project.command("rustup").args(["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"]))?;
    }
    link_linker(project)?;
    println!("wasm32 target: Debian's compiler (rustup toolchain {DEBIAN_TOOLCHAIN})");
    Ok(Web { toolchain: Some(DEBIAN_TOOLCHAIN) })
}

fn sysroot(project: &Project, rustc: &str) -> Fallible<PathBuf> {
    run::output(project.command(rustc).args(["--print", "sysroot"])).map(PathBuf::from)
}

fn library(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}

fn has_std(sysroot: &Path) -> bool {
    fs::read_dir(library(sysroot)).is_ok_and(|entries| {
        entries.flatten().any(|e| {
            let name = e.file_name();
            name.to_string_lossy().starts_with("libstd-") && e.path().extension().is_some_and(|x| x == "rlib")
        })
    })
}

fn debian_compiler(project: &Project) -> Fallible<String> {
    run::output(project.command("/usr/bin/rustc").arg("-vV").env_remove("LD_LIBRARY_PATH"))
}

fn debian_sysroot(project: &Project) -> Fallible<PathBuf> {
    let mut rustc = project.command("/usr/bin/rustc");
    run::output(rustc.args(["--print", "sysroot"]).env_remove("LD_LIBRARY_PATH")).map(PathBuf::from)
}

fn debian_std_is_current(project: &Project) -> bool {
    let (Ok(compiler), Ok(sysroot)) = (debian_compiler(project), debian_sysroot(project)) else {
        return false;
    };
    let stamp = fs::read_to_string(library(&sysroot).join(STAMP)).unwrap_or_default();
    stamp == compiler && has_std(&sysroot)
}

fn debian_is_linked(project: &Project) -> bool {
    let mut rustup = project.command("rustup");
    rustup.args(["run", DEBIAN_TOOLCHAIN, "rustc", "-vV"]).env_remove("LD_LIBRARY_PATH");
    let linked = run::output(&mut rustup);
    linked.is_ok() && linked == debian_compiler(project)
}

/// Debian ships the compiler and the library's source, but no library for wasm32.
fn build_std(project: &Project) -> Fallible {
    let compiler = debian_compiler(project)?;
    let folder = project.target.join("wasm-std");
    let write = |path: &str, text: &str| {
        fs::write(folder.join(path), text).map_err(|e| format!("{}: {e}", folder.join(path).display()))
    };
    fs::create_dir_all(folder.join("src")).map_err(|e| format!("{}: {e}", folder.display()))?;
    write(
        "Cargo.toml",
        "[package]\nname = \"empty\"\nedition = \"2021\"\n[lib]\ntest = false\n[workspace]\n",
    )?;
    write("src/lib.rs", "#![no_std]\n")?;
    let mut cargo = project.command("/usr/bin/cargo");
    cargo
        .current_dir(&folder)
        .args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,proc_macro,test"])
        .env_remove("LD_LIBRARY_PATH")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        // Without bitcode a release build with LTO fails.
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Cembed-bitcode=yes");
    run::status(&mut cargo)?;

    let built = folder.join("target").join(TARGET).join("release/deps");
    let destination = library(&debian_sysroot(project)?);
    write(STAMP, &compiler)?;
    let mut files = vec![folder.join(STAMP)];
    for entry in fs::read_dir(&built).map_err(|e| format!("{}: {e}", built.display()))?.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.extension().is_some_and(|e| e == "rlib") && !name.to_string_lossy().starts_with("libempty-") {
            files.push(path);
        }
    }
    let privileged = |program: &str| is_root_or_sudo(project, program);
    run::status(privileged("rm")?.arg("-rf").arg(&destination))?;
    run::status(privileged("mkdir")?.arg("-p").arg(&destination))?;
    run::status(privileged("cp")?.args(&files).arg(&destination))?;
    let _ = fs::remove_dir_all(&folder);
    // Cargo would take what was compiled against another standard library for fresh.
    let _ = fs::remove_dir_all(project.target.join(TARGET));
    Ok(())
}

fn linker(project: &Project) -> PathBuf {
    project.tools.join("bin/rust-lld")
}

/// Debian's compiler finds no `rust-lld`; rustup's toolchain has one.
fn link_linker(project: &Project) -> Fallible {
    let link = linker(project);
    if link.exists() {
        return Ok(());
    }
    let host = run::output(project.command("rustc").arg("-vV"))?;
    let host = host.lines().find_map(|l| l.strip_prefix("host: ")).ok_or("rustc names no host")?;
    let original = sysroot(project, "rustc")?.join("lib/rustlib").join(host).join("bin/rust-lld");
    if !original.exists() {
        return Err(format!("{} is missing: no linker for wasm", original.display()));
    }
    let _ = fs::remove_file(&link);
    fs::create_dir_all(project.tools.join("bin"))
        .and_then(|()| symlink(&original, &link))
        .map_err(|e| format!("{}: {e}", link.display()))
}

#[cfg(unix)]
fn symlink(from: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(from, to)
}

#[cfg(not(unix))]
fn symlink(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::copy(from, to).map(|_| ())
}

/// Runs a command at most so long; whether it succeeded.
fn limited(command: &mut Command, limit: Duration) -> Fallible<bool> {
    let mut child = command
        .stdin(Stdio::null())
        .spawn()
        .map_err(|e| format!("`{}` could not start: {e}", run::line(command)))?;
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if start.elapsed() < limit => std::thread::sleep(Duration::from_millis(100)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("`{}` gave up after {} s", run::line(command), limit.as_secs()));
            }
        }
    }
}

/// Compiler flags of the release: no path of this machine in the shipped panic messages, so that the same sources
/// make the same file anywhere.
pub fn release_flags(project: &Project) -> Fallible<String> {
    let mut flags = std::env::var("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS").unwrap_or_default();
    let cargo_home = project.tools.parent().ok_or("no cargo home")?.join("registry/src");
    let mut folders = vec![(project.root.clone(), "app")];
    if let Ok(entries) = fs::read_dir(&cargo_home) {
        folders.extend(entries.flatten().map(|e| (e.path(), "crates")));
    }
    folders.sort();
    for (folder, name) in folders {
        let folder = folder.display().to_string();
        // Flags are split at spaces; a path with one is left as it is.
        if !folder.contains(' ') {
            flags.extend([" --remap-path-prefix=", &folder, "=", name]);
        }
    }
    Ok(flags.trim().to_owned())
}
