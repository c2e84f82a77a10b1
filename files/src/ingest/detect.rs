//! What a file is, by its content; its name is never looked at.

use super::account::{FileProblem, Format};
use super::activity_csv::Header;
use super::decode::legacy::decode_lines;
use super::entra_sign_ins::EntraSignIns;
use super::exchange_receive::Columns;
use super::fields;
use super::formats::CsvFormat;
use super::mappings::Mappings;
use super::message_tracking::MessageTracking;
use super::other_csv::{OtherCsv, Role};
use super::row::Table;
use super::sample::sample;
use super::text::BOM;
use super::time::iso_ms;
use serde::{Deserialize, Serialize};

/// How much of a file is looked at.
pub const HEAD_BYTES: usize = 64 * 1024;
/// How many lines of it are looked at.
const HEAD_LINES: usize = 200;
/// How much of a foreign header is repeated to the user.
const SHOWN_NAMES: usize = 160;

/// A recognised file: its format, and what its head says about the lines to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Detected {
    /// See [`super::exchange_receive`].
    ExchangeReceive(Columns),
    /// See [`super::activity_csv`].
    ActivityCsv(Header),
    /// See [`super::formats`].
    Csv(Box<CsvFormat>),
}

impl Detected {
    /// The format's name.
    pub const fn format(&self) -> Format {
        match self {
            Self::ExchangeReceive(_) => Format::ExchangeReceive,
            Self::ActivityCsv(_) => Format::ActivityCsv,
            Self::Csv(format) => format.format(),
        }
    }

    /// Whether the file can be read in ranges, each by itself.
    pub fn can_be_cut(&self) -> bool {
        match self {
            Self::ExchangeReceive(_) | Self::ActivityCsv(_) => true,
            Self::Csv(format) => format.clone().into_rows().has_names_line(),
        }
    }
}

/// Tells what a file is from the first [`HEAD_BYTES`] of its text.
///
/// # Errors
/// What it is instead of a log that can be read.
pub fn detect(head: &[u8], file_bytes: u64) -> Result<Detected, FileProblem> {
    detect_with(head, file_bytes, &Mappings::default())
}

/// [`detect`] with mappings that were set by hand. They go before whatever is guessed from names, and behind the formats
/// that are known for certain.
///
/// # Errors
/// What it is instead of a log that can be read.
pub fn detect_with(head: &[u8], file_bytes: u64, mappings: &Mappings) -> Result<Detected, FileProblem> {
    if file_bytes == 0 {
        return Err(FileProblem::Empty);
    }
    if let Some(name) = packed(head) {
        return Err(FileProblem::Packed(name.into()));
    }
    if is_binary(head) {
        return Err(FileProblem::Binary);
    }
    let text = decode_lines(head.strip_prefix(BOM).unwrap_or(head));
    let text = text.as_ref();
    if is_json(text) {
        return Err(FileProblem::Json);
    }
    exchange(text).unwrap_or_else(|| csv(text, head.len() as u64 >= file_bytes, mappings))
}

/// The column names and first rows by which [`detect`] tells what a CSV is.
pub fn head_of_csv(head: &[u8], file_bytes: u64) -> Option<(Table, Vec<Vec<String>>)> {
    let text = decode_lines(head.strip_prefix(BOM).unwrap_or(head));
    sample(&text, head.len() as u64 >= file_bytes)
}

/// A tar archive is known by the end of its first header.
const TAR_MAGIC_AT: usize = 257;

/// Formats known by their first bytes.
fn packed(head: &[u8]) -> Option<&'static str> {
    [
        (&b"PK\x03\x04"[..], "ZIP"),
        (b"\x1F\x8B", "gzip"),
        (b"7z\xBC\xAF\x27\x1C", "7-Zip"),
        (b"Rar!", "RAR"),
        (b"BZh", "bzip2"),
        (b"\xFD7zXZ", "xz"),
        (b"\x28\xB5\x2F\xFD", "Zstandard"),
        (b"MSCF", "CAB"),
    ]
    .into_iter()
    .find_map(|(magic, name)| head.starts_with(magic).then_some(name))
    .or_else(|| head.get(TAR_MAGIC_AT..)?.starts_with(b"ustar").then_some("tar"))
}

/// Text may hold a stray NUL, as after a crash of the server, but not many control bytes.
fn is_binary(head: &[u8]) -> bool {
    let control =
        head.iter().filter(|&&b| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0x7F).count();
    control * 10 > head.len()
}

/// An object or a list, or a line of them each.
fn is_json(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    match text.split_first() {
        Some((b'{', rest)) => matches!(rest.trim_ascii_start().first(), None | Some(b'"' | b'}')),
        Some((b'[', rest)) => {
            matches!(rest.trim_ascii_start().first(), None | Some(b'{' | b'[' | b'"' | b']'))
        }
        _ => false,
    }
}

/// Exchange's logs: by their `#` lines, else by the look of their lines. `None`: not one of them.
fn exchange(text: &[u8]) -> Option<Result<Detected, FileProblem>> {
    let lines = || text.split(|&b| b == b'\n').take(HEAD_LINES).map(<[u8]>::trim_ascii);
    let value = |name: &str| {
        lines().find_map(|line| {
            let line = std::str::from_utf8(line).ok()?.strip_prefix('#')?;
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let columns = value("Fields").and_then(|names| Columns::from_names(&names));
    // Their `#Fields` are separated by spaces.
    if value("Software").is_some_and(|software| software.contains("Internet Information Services")) {
        return Some(Err(FileProblem::IisLog));
    }
    if let Some(kind) = value("Log-type") {
        let folded = kind.to_ascii_lowercase();
        let tracking = || MessageTracking::from_fields(&value("Fields")?);
        return Some(if let (true, Some(format)) = (folded.contains("message tracking"), tracking()) {
            Ok(Detected::Csv(Box::new(CsvFormat::MessageTracking(format))))
        } else if folded.contains("smtp receive") {
            Ok(Detected::ExchangeReceive(columns.unwrap_or_default()))
        } else if folded.contains("smtp send") {
            Err(FileProblem::SendLog)
        } else {
            Err(FileProblem::OtherExchangeLog(shorten(&kind)))
        });
    }
    let mut fields = Vec::new();
    let (mut looks_right, mut client_commands, mut server_commands) = (0, 0, 0);
    for line in lines() {
        if fields::split(line, b',', &mut fields).is_err() || fields.len() != 9 {
            continue;
        }
        let is_time = std::str::from_utf8(fields[0].raw)
            .is_ok_and(|text| text.contains('T') && text.ends_with('Z') && iso_ms(text).is_some());
        if !is_time || !matches!(fields[6].raw, b"+" | b"-" | b"<" | b">" | b"*") {
            continue;
        }
        looks_right += 1;
        let data = fields[7].raw;
        let is_reply = data.len() > 3 && data[..3].iter().all(u8::is_ascii_digit);
        match fields[6].raw {
            b"<" if !is_reply && !data.is_empty() => client_commands += 1,
            b">" if is_reply => client_commands += 1,
            b">" if !data.is_empty() => server_commands += 1,
            b"<" => server_commands += 1,
            _ => {}
        }
    }
    if looks_right == 0 {
        return columns.map(|columns| Ok(Detected::ExchangeReceive(columns)));
    }
    // In a Send log the server speaks the commands.
    Some(if server_commands > client_commands {
        Err(FileProblem::SendLog)
    } else {
        Ok(Detected::ExchangeReceive(columns.unwrap_or_default()))
    })
}

/// A CSV by its row of column names.
fn csv(text: &[u8], is_whole: bool, mappings: &Mappings) -> Result<Detected, FileProblem> {
    if text.trim_ascii().is_empty() {
        return Err(FileProblem::HeaderOnly);
    }
    let Some((table, sample)) = sample(text, is_whole) else { return Err(FileProblem::Unknown) };
    if table.names.first().is_some_and(|name| name.starts_with('#')) {
        return Err(FileProblem::Unknown);
    }
    if EntraSignIns::companion(&table) {
        return Err(FileProblem::EntraCompanion);
    }
    let found = CsvFormat::of(&table, &sample);
    if matches!(found, None | Some(CsvFormat::OtherCsv(_)))
        && let Some(mapping) = mappings.of(&table).cloned()
    {
        let mapped = OtherCsv::new(table, mapping, &sample);
        return Ok(Detected::Csv(Box::new(CsvFormat::OtherCsv(mapped))));
    }
    let is_guess = match &found {
        None => true,
        // A list of attempts, or of all that a mail server did, is no list of messages, whatever its columns are called.
        Some(CsvFormat::OtherCsv(other)) => {
            let has = |role| other.mapping().column(role).is_some();
            !(has(Role::Result) || has(Role::Service) || table.find(&["queueid", "qid"]).is_some())
        }
        Some(_) => false,
    };
    if is_guess && let Some(header) = Header::from_names(&table.names, table.delimiter) {
        return Ok(Detected::ActivityCsv(header.with_dates_of(&sample)));
    }
    if let Some(format) = found {
        return Ok(Detected::Csv(Box::new(format)));
    }
    let names = &table.names;
    // Lines of text have a comma or two as well, but not all of them as many.
    let has_rows = !sample.is_empty() || text.trim_ascii().split(|&b| b == b'\n').count() == 1;
    let like_a_header = has_rows
        && names.iter().filter(|name| !name.is_empty()).count() > 1
        && names.iter().all(|name| name.len() < 80);
    Err(if like_a_header {
        FileProblem::UnknownCsv(shorten(&names.join(", ")))
    } else {
        FileProblem::Unknown
    })
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN_NAMES).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::mappings::HeaderId;
    use crate::ingest::other_csv::Mapping;

    fn of(text: &[u8]) -> Result<Format, FileProblem> {
        detect(text, text.len() as u64).map(|detected| detected.format())
    }

    const LINE: &str = "2020-04-02T07:57:37.647Z,SRV\\Relay,08D7D4D2EFBC4CC6,15,192.168.0.101:10587,180.20.20.20:50767,*,user@example.com,authenticated\r\n";

    #[test]
    fn receive_logs_by_their_head_or_by_any_sound_line() {
        let header = "#Software: Microsoft Exchange Server\r\n#Version: 15.0.0.0\r\n#Log-type: SMTP Receive Protocol Log\r\n";
        for text in [
            format!("{header}{LINE}"),
            format!("\u{FEFF}{header}"),
            header.replace("#Log-type", "#LOG-TYPE"),
            LINE.into(),
            format!("cut off line\n{LINE}"),
            "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n".into(),
        ] {
            assert_eq!(of(text.as_bytes()), Ok(Format::ExchangeReceive), "{text}");
        }
    }

    #[test]
    fn send_logs_with_and_without_a_head() {
        assert_eq!(of(b"#Log-type: SMTP Send Protocol Log\r\n"), Err(FileProblem::SendLog));
        let headless = "2020-04-02T07:57:37.647Z,Internet,08D7D4D2EFBC4CC6,1,10.0.0.1:10587,1.2.3.4:25,<,220 mx.example.com ESMTP,\n2020-04-02T07:57:37.647Z,Internet,08D7D4D2EFBC4CC6,2,10.0.0.1:10587,1.2.3.4:25,>,EHLO ex.contoso.com,\n";
        assert_eq!(of(headless.as_bytes()), Err(FileProblem::SendLog));
    }

    #[test]
    fn what_is_something_else_is_said() {
        let tracking = b"#Log-type: Message Tracking Log\r\n#Fields: date-time,client-ip\r\n";
        assert_eq!(of(tracking), Err(FileProblem::OtherExchangeLog("Message Tracking Log".into())));
        assert_eq!(of(b""), Err(FileProblem::Empty));
        assert_eq!(of(b"PK\x03\x04rest"), Err(FileProblem::Packed("ZIP".into())));
        assert_eq!(of(b"\x1F\x8B\x08rest"), Err(FileProblem::Packed("gzip".into())));
        assert_eq!(
            of(&[&[b'a'; 257][..], b"ustar", &[b' '; 250]].concat()),
            Err(FileProblem::Packed("tar".into()))
        );
        assert_eq!(of(&[0; 100]), Err(FileProblem::Binary));
        assert_eq!(of(b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"), Err(FileProblem::Binary));
        assert_eq!(of(b"name,price\nscrew,3\n"), Err(FileProblem::UnknownCsv("name, price".into())));
        assert_eq!(of(b"{\"a\": 1}"), Err(FileProblem::Json));
        assert_eq!(of(b"[\n  {\"createdDateTime\": 1}]"), Err(FileProblem::Json));
        assert_eq!(of(b"[2026-11-02] text\nmore\n"), Err(FileProblem::Unknown));
        assert_eq!(
            of(b"#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time c-ip\r\n"),
            Err(FileProblem::IisLog)
        );
        assert_eq!(of(b"hello\nworld\n"), Err(FileProblem::Unknown));
        assert_eq!(of(b"Dear all,\nplease\n"), Err(FileProblem::Unknown));
        assert_eq!(of(b"\n\n\r\n"), Err(FileProblem::HeaderOnly));
    }

    #[test]
    fn a_mapping_goes_before_guesses_and_behind_what_is_certain() {
        let with_mapping = |text: &[u8]| {
            let mut mappings = Mappings::default();
            if let Some((table, _)) = head_of_csv(text, text.len() as u64) {
                let mut mapping = Mapping::default();
                mapping.set(Role::Server, Some(0));
                mapping.set(Role::User, Some(1));
                mapping.set(Role::Result, Some(0));
                mappings.remember(HeaderId::of(&table), mapping);
            }
            let detected = detect_with(text, text.len() as u64, &mappings);
            let is_mapped = matches!(&detected, Ok(Detected::Csv(format)) if matches!(
                &**format, CsvFormat::OtherCsv(other) if other.mapping().column(Role::Server) == Some(0)));
            (is_mapped, detected.map(|detected| detected.format()))
        };
        let entra = include_bytes!("../../../tests/fixtures/entra/portal.csv");
        let trace = include_bytes!("../../../tests/fixtures/trace/enhanced.csv");
        let microsoft = include_bytes!("../../../tests/fixtures/microsoft-report/both.csv");
        let tracking = include_bytes!("../../../tests/fixtures/tracking/exchange-2007.log");
        let guessed = include_bytes!("../../../tests/fixtures/other/splunk-postfix.csv");
        for (text, is_mapped, format) in [
            // Not guessed at all, guessed from names, and the Activity CSV by aliases.
            (&b"name,price\nscrew,3\n"[..], true, Format::OtherCsv),
            (guessed, true, Format::OtherCsv),
            (b"timestamp,sender_address,username,tls,mechanism,ip\n", true, Format::OtherCsv),
            (entra, false, Format::EntraSignIns),
            (trace, false, Format::MessageTrace),
            (microsoft, false, Format::MicrosoftReport),
            (tracking, false, Format::MessageTracking),
            (LINE.as_bytes(), false, Format::ExchangeReceive),
        ] {
            assert_eq!(with_mapping(text), (is_mapped, Ok(format)), "{}", String::from_utf8_lossy(text));
        }
        // A mapping of other columns changes nothing.
        let mut mappings = Mappings::default();
        let (table, _) = head_of_csv(b"name,cost\n", 10).unwrap();
        mappings.remember(HeaderId::of(&table), Mapping::default());
        let unknown = b"name,price\nscrew,3\n";
        assert!(detect_with(unknown, unknown.len() as u64, &mappings).is_err());
    }

    #[test]
    fn the_activity_csv_by_its_columns() {
        for text in [
            "date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins\n",
            "timestamp,sender_address,username,tls,mechanism,ip\n",
            "\u{FEFF}\"Date-Time UTC\";From;Cipher Protocol\n",
            "sender\tmessages\n",
            "time,from,message_id,subject,tls\n",
        ] {
            assert_eq!(of(text.as_bytes()), Ok(Format::ActivityCsv), "{text}");
        }
    }
}
