//! Child processes, and steps that say what they do and how long it took.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What went wrong, and what to do about it, for the reader of the terminal.
pub type Fallible<T = ()> = Result<T, String>;

/// Where things are.
pub struct Project {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
    /// The project's own tools, shared by all clones of this user and apart from the user's own tools.
    pub tools: PathBuf,
}

impl Project {
    /// Finds the repository this xtask was compiled in.
    pub fn open() -> Fallible<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .map(Path::to_path_buf)
            .ok_or("xtask has no parent folder")?;
        let variable = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        // Relative to where the user stands, as cargo itself takes it.
        let target = match variable("CARGO_TARGET_DIR") {
            Some(folder) => std::path::absolute(folder).map_err(|e| format!("CARGO_TARGET_DIR: {e}"))?,
            None => root.join("target"),
        };
        let home = variable("HOME").or_else(|| variable("USERPROFILE"));
        let cargo_home = variable("CARGO_HOME").or_else(|| home.map(|h| h.join(".cargo")));
        let tools = cargo_home.ok_or("neither CARGO_HOME nor HOME is set")?.join("smtp-auth-report-tools");
        Ok(Self { root, target, tools })
    }

    /// What trunk leaves of a release build, before it becomes one file.
    pub fn staging(&self) -> PathBuf {
        self.target.join("release-page")
    }

    /// The release.
    pub fn page(&self) -> PathBuf {
        self.root.join("dist").join("index.html")
    }

    /// A child process in the repository that finds the project's tools first.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut folders = vec![self.tools.join("bin"), self.root.join("xtask/node_modules/.bin")];
        if let Some(path) = std::env::var_os("PATH") {
            folders.extend(std::env::split_paths(&path));
        }
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null());
        if let Ok(path) = std::env::join_paths(folders) {
            command.env("PATH", path);
        }
        command
    }
}

/// Runs to the end, output on the terminal; a status other than 0 is an error that names the command.
pub fn status(command: &mut Command) -> Fallible {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{}` ended with {status}", line(command))),
        Err(e) => Err(format!("`{}` could not start: {e}", line(command))),
    }
}

/// Standard output of a command that succeeds, without the white space around it.
pub fn output(command: &mut Command) -> Fallible<String> {
    let out = command.output().map_err(|e| format!("`{}` could not start: {e}", line(command)))?;
    if out.status.success() {
        Ok(String::from_utf8_lossy(&out.stdout).trim().to_owned())
    } else {
        let said = String::from_utf8_lossy(&out.stderr);
        Err(format!("`{}` ended with {}: {}", line(command), out.status, said.trim()))
    }
}

/// Like [`status`], and returns the lines of standard output that `keep` wants.
pub fn tee(command: &mut Command, keep: impl Fn(&str) -> bool) -> (Vec<String>, Fallible) {
    let mut kept = Vec::new();
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(e) => return (kept, Err(format!("`{}` could not start: {e}", line(command)))),
    };
    if let Some(pipe) = child.stdout.take() {
        for text in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
            let text = String::from_utf8_lossy(&text).into_owned();
            println!("{text}");
            if keep(&text) {
                kept.push(text);
            }
        }
    }
    let result = match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{}` ended with {status}", line(command))),
        Err(e) => Err(format!("`{}`: {e}", line(command))),
    };
    (kept, result)
}

/// The command as one would type it.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|w| w.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// What was done, for the summary at the end.
#[derive(Default)]
pub struct Report {
    steps: Vec<(String, Duration, &'static str)>,
    /// The test runners' own closing lines.
    pub runners: Vec<String>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

impl Report {
    /// Announces, runs and times one step.
    pub fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Fallible<T>) -> Fallible<T> {
        println!("\n▶ {name}");
        let start = Instant::now();
        let result = work();
        let (took, mark) = (start.elapsed(), if result.is_ok() { "ok" } else { "FAILED" });
        println!("{mark}: {name}, {:.1} s", took.as_secs_f64());
        self.steps.push((name.to_owned(), took, mark));
        result
    }

    /// Prints the summary, the test runners' lines last.
    pub fn print(&self) {
        println!("\n── Summary ──");
        for (name, took, mark) in &self.steps {
            println!("{mark:>6} {:>7.1} s  {name}", took.as_secs_f64());
        }
        for note in &self.notes {
            println!("  note: {note}");
        }
        for runner in &self.runners {
            println!("{runner}");
        }
    }
}
