//! What a file is, by its content; its name is never looked at.

use super::account::{FileProblem, Format};
use super::activity_csv::Header;
use super::decode::legacy::decode_lines;
use super::exchange_receive::Columns;
use super::fields;
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
}

impl Detected {
    /// The format's name.
    pub const fn format(&self) -> Format {
        match self {
            Self::ExchangeReceive(_) => Format::ExchangeReceive,
            Self::ActivityCsv(_) => Format::ActivityCsv,
        }
    }
}

/// Tells what a file is from the first [`HEAD_BYTES`] of its text.
///
/// # Errors
/// What it is instead of a log that can be read.
pub fn detect(head: &[u8], file_bytes: u64) -> Result<Detected, FileProblem> {
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
    exchange(text).unwrap_or_else(|| csv(text))
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
    if let Some(kind) = value("Log-type") {
        let folded = kind.to_ascii_lowercase();
        return Some(if folded.contains("smtp receive") {
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
fn csv(text: &[u8]) -> Result<Detected, FileProblem> {
    let Some(line) = text.split(|&b| b == b'\n').map(<[u8]>::trim_ascii).find(|line| !line.is_empty()) else {
        return Err(FileProblem::HeaderOnly);
    };
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|d| (memchr::memchr_iter(*d, line).count(), u8::MAX - d))
        .unwrap_or(b',');
    let mut fields = Vec::new();
    if line.first() == Some(&b'#') || fields::split(line, delimiter, &mut fields).is_err() {
        return Err(FileProblem::Unknown);
    }
    let names: Vec<String> =
        fields.iter().map(|field| String::from_utf8_lossy(&field.value()).trim().to_owned()).collect();
    if let Some(header) = Header::from_names(&names, delimiter) {
        return Ok(Detected::ActivityCsv(header));
    }
    let like_a_header =
        names.iter().filter(|name| !name.is_empty()).count() > 1 && names.iter().all(|name| name.len() < 80);
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
        assert_eq!(of(b"{\"a\": 1}"), Err(FileProblem::Unknown));
        assert_eq!(of(b"hello\nworld\n"), Err(FileProblem::Unknown));
        assert_eq!(of(b"Dear all,\nplease\n"), Err(FileProblem::Unknown));
        assert_eq!(of(b"\n\n\r\n"), Err(FileProblem::HeaderOnly));
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
        // Microsoft's own report, a message trace and Entra's sign-ins have some of these columns; they are no
        // activity lists.
        for text in [
            "Sender address,Domain,TLS 1.0,TLS 1.1,TLS 1.2,Messages sent,Authentication Protocol\n",
            "origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,message_id\n",
            "Date (UTC),Request ID,User agent,User,Username,Application,IP address,Location,Status,Client app\n",
        ] {
            assert!(matches!(of(text.as_bytes()), Err(FileProblem::UnknownCsv(_))), "{text}");
        }
    }
}
