//! `corpus <receive|activity|spray> <folder> [--mb 1000] [--senders 10000] [--names 1000000]`
//!
//! Writes a corpus and beside it its truth as JSON, unless both are there. Prints where they are and the truth.

use smtp_auth_report_bench::{SENDERS, Truth, VERSION, activity, receive, spray};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: corpus <receive|activity|spray> <folder> [--mb N] [--senders N] [--names N]";
    let (kind, folder) = arguments.next().zip(arguments.next()).ok_or(usage)?;
    let (mut megabytes, mut senders, mut names): (u64, u32, u64) = (1000, SENDERS, 1_000_000);
    while let Some(option) = arguments.next() {
        let value = arguments.next().and_then(|v| v.parse::<u64>().ok()).ok_or(usage)?;
        match option.as_str() {
            "--mb" => megabytes = value,
            "--senders" => senders = u32::try_from(value).map_err(|_| usage)?,
            "--names" => names = value,
            _ => return Err(usage.into()),
        }
    }
    let name = match kind.as_str() {
        "receive" => format!("receive-{megabytes}mb-{senders}.log"),
        "activity" => format!("activity-{megabytes}mb-{senders}.csv"),
        "spray" => format!("spray-{names}.log"),
        _ => return Err(usage.into()),
    };
    let bytes = megabytes * 1_000_000;
    let path = Path::new(&folder).join(name);
    let truth = match known(&path) {
        Some(truth) => truth,
        None => make(&path, |out| match kind.as_str() {
            "receive" => receive::write(out, bytes, senders),
            "activity" => activity::write(out, bytes, senders),
            _ => spray::write(out, names),
        })
        .map_err(|e| format!("{}: {e}", path.display()))?,
    };
    let said = serde_json::json!({ "path": path, "truth": truth });
    println!("{said}");
    Ok(())
}

fn truth_path(corpus: &Path) -> PathBuf {
    corpus.with_extension("truth.json")
}

/// The truth of a corpus that is there already, whole and of this version.
fn known(corpus: &Path) -> Option<Truth> {
    let truth: Truth = serde_json::from_slice(&fs::read(truth_path(corpus)).ok()?).ok()?;
    (truth.generator == VERSION && fs::metadata(corpus).ok()?.len() == truth.bytes).then_some(truth)
}

fn make(corpus: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<Truth>) -> io::Result<Truth> {
    if let Some(folder) = corpus.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut out = BufWriter::with_capacity(1 << 20, File::create(corpus)?);
    let truth = write(&mut out)?;
    out.flush()?;
    fs::write(truth_path(corpus), serde_json::to_vec_pretty(&truth)?)?;
    Ok(truth)
}
