//! The account of every line: read = counted + skipped (by reason) + bad.

use super::legacy::CodePage;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many bad lines of a file are kept word for word; the rest is counted.
pub const MAX_BAD_LINES_KEPT: usize = 100;
/// How many bytes of a bad line are kept as its excerpt.
pub const EXCERPT_BYTES: usize = 120;

/// Why a line, though sound, is not part of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SkipReason {
    /// `#Software`, `#Fields` … or the line with the column names.
    Header,
    /// Nothing on it.
    Blank,
    /// The connection sent mail without signing in (anonymous relay).
    NoAuth,
    /// Connected and left without mail or sign-in, as load balancers and scanners do.
    Probe,
    /// Exchange talking to Exchange (`X-EXPS`, `X-ANONYMOUSTLS`, `XPROXYFROM` without a signed-in client).
    ServerToServer,
    /// Exchange's own `HealthMailbox…` probes.
    HealthMailbox,
    /// A sign-in that neither succeeded nor was refused before the connection ended.
    UnfinishedSignIn,
    /// Part of a session whose sign-in, if there was one, is in none of the loaded files.
    FragmentWithoutSignIn,
    /// Already counted from the same lines elsewhere.
    Repeated,
    /// A sign-in with something else than SMTP, or a message that came in another way.
    NotSmtpAuth,
    /// A step of a message's way through the server that another line counts.
    OtherEvent,
    /// A message that a source of another kind counts, which knows more of it.
    CountedElsewhere,
}

impl SkipReason {
    /// All reasons, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Header,
        Self::Blank,
        Self::NoAuth,
        Self::Probe,
        Self::ServerToServer,
        Self::HealthMailbox,
        Self::UnfinishedSignIn,
        Self::FragmentWithoutSignIn,
        Self::Repeated,
        Self::NotSmtpAuth,
        Self::OtherEvent,
        Self::CountedElsewhere,
    ];
}

/// Why a line could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum BadReason {
    /// Another number of columns than the format has.
    ColumnCount {
        /// Columns the format has.
        expected: u32,
        /// Columns the line has.
        found: u32,
    },
    /// Not a point in time.
    Time,
    /// Not a session id (hexadecimal digits).
    SessionId,
    /// Not a sequence number.
    SequenceNumber,
    /// Not one of `+ - < > *`.
    Event,
    /// A quote that is opened and never closed, or text behind a closing quote.
    Quote,
    /// Not a TLS version.
    TlsVersion,
    /// Not a whole number.
    Count,
    /// A NUL byte in the line.
    Nul,
    /// Longer than [`MAX_LINE_BYTES`](super::lines::MAX_LINE_BYTES).
    TooLong,
    /// The file ends in the middle of the line.
    Truncated,
}

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BadLine {
    /// Line number in the file, from 1.
    pub line: u64,
    /// Column number in the line (as a spreadsheet counts, from 1), where one is to blame.
    pub column: Option<u32>,
    /// What is wrong.
    pub reason: BadReason,
    /// The beginning of the line, with what is not UTF-8 replaced.
    pub excerpt: String,
}

/// The account of one file, or of a range of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAccount {
    /// Lines read.
    pub read: u64,
    /// Lines that belong to something in the report.
    pub counted: u64,
    /// Sound lines that do not, by reason.
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Lines that could not be read.
    pub bad: u64,
    /// The first [`MAX_BAD_LINES_KEPT`] of them.
    pub bad_lines: Vec<BadLine>,
    /// Lines, of whatever kind, that are not UTF-8, by what they were read as, in the order of [`CodePage::ALL`].
    pub not_utf8: [u64; CodePage::ALL.len()],
}

impl LineAccount {
    /// Skips so many lines for this reason. They are *not* added to `read`.
    pub fn skip(&mut self, reason: SkipReason, lines: u64) {
        if lines > 0 {
            *self.skipped.entry(reason).or_default() += lines;
        }
    }

    /// Lines that were counted turn out not to count.
    pub fn move_to(&mut self, reason: SkipReason, lines: u64) {
        let lines = lines.min(self.counted);
        self.counted -= lines;
        self.skip(reason, lines);
    }

    /// Notes a bad line. It is *not* added to `read`.
    pub fn bad(&mut self, line: u64, column: Option<u32>, reason: BadReason, text: &[u8]) {
        self.bad += 1;
        if self.bad_lines.len() < MAX_BAD_LINES_KEPT {
            let excerpt = &text[..text.len().min(EXCERPT_BYTES)];
            self.bad_lines.push(BadLine {
                line,
                column,
                reason,
                excerpt: String::from_utf8_lossy(excerpt).trim_end_matches(['\r', '\n']).to_owned(),
            });
        }
    }

    /// Counts a line as read, and as what, if it is not UTF-8.
    pub fn read(&mut self, read_as: Option<CodePage>) {
        self.read += 1;
        if let Some(page) = read_as {
            self.not_utf8[page as usize] += 1;
        }
    }

    /// Takes back what [`read`](Self::read) counted.
    pub fn unread(&mut self, read_as: Option<CodePage>) {
        self.read -= 1;
        if let Some(page) = read_as {
            self.not_utf8[page as usize] -= 1;
        }
    }

    /// Lines skipped, for whatever reason.
    pub fn skipped_total(&self) -> u64 {
        self.skipped.values().sum()
    }

    /// Adds the account of the next range of the same file: its line numbers follow on those of this one.
    pub fn append(&mut self, next: &Self) {
        for bad in &next.bad_lines {
            if self.bad_lines.len() < MAX_BAD_LINES_KEPT {
                self.bad_lines.push(BadLine { line: bad.line + self.read, ..bad.clone() });
            }
        }
        self.read += next.read;
        self.counted += next.counted;
        self.bad += next.bad;
        for (sum, lines) in self.not_utf8.iter_mut().zip(next.not_utf8) {
            *sum += lines;
        }
        for (&reason, &lines) in &next.skipped {
            self.skip(reason, lines);
        }
    }

    /// Whether every line is accounted for.
    pub fn is_balanced(&self) -> bool {
        self.read == self.counted + self.skipped_total() + self.bad
    }
}

/// Why a whole file is not in the report. Each has a sentence in the locales that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileProblem {
    /// No bytes.
    Empty,
    /// Header lines, and nothing under them.
    HeaderOnly,
    /// Not text.
    Binary,
    /// An Exchange *Send* protocol log: mail going out; the Receive log of the same server is wanted.
    SendLog,
    /// An Exchange log of another kind, with the `#Log-type` it gives.
    OtherExchangeLog(String),
    /// A CSV without the columns the report needs, with the names it has (cut to a readable length).
    UnknownCsv(String),
    /// Packed in a way that is not opened, also inside of one that is.
    Packed(String),
    /// A file that Entra packs beside its sign-in log.
    EntraCompanion,
    /// A log of the web server.
    IisLog,
    /// JSON.
    Json,
    /// Packed with a password.
    Encrypted,
    /// Packed, and cut off.
    Incomplete,
    /// Packed, and not what its own checksum or size says.
    Damaged,
    /// An archive without files.
    EmptyArchive,
    /// An archive whose entries share their data.
    Overlapping,
    /// An archive with more than `MAX_ENTRIES` files.
    TooManyEntries,
    /// Unpacks to more than `MAX_RATIO` times its size.
    UnpacksTooFar,
    /// Unpacks to more than `MAX_UNPACKED_BYTES`.
    UnpacksTooBig,
    /// A spreadsheet or document of Office, which is an archive of its own kind.
    OfficeFile,
    /// Text, but nothing known.
    Unknown,
    /// Every line was bad.
    NothingReadable,
    /// The browser could not read the file, with its message.
    Unreadable(String),
}

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Exchange SMTP Receive protocol log.
    ExchangeReceive,
    /// Activity CSV, the report's own neutral format.
    ActivityCsv,
    /// Microsoft's own SMTP AUTH clients report, exported from the Exchange admin center.
    MicrosoftReport,
    /// Exchange Online message trace.
    MessageTrace,
    /// Exchange message tracking log.
    MessageTracking,
    /// Entra ID sign-in log.
    EntraSignIns,
    /// Any other CSV, its columns mapped to those of the report.
    OtherCsv,
}
