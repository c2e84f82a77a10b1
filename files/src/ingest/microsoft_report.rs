//! The CSV exported from Microsoft's own SMTP AUTH clients report: a row for each sender and authentication protocol,
//! with a share of messages for each TLS version.
//!
//! `Sender address,Domain,TLS 1.0,TLS 1.1,TLS 1.2,Messages sent,Authentication Protocol`
//!
//! Its columns and figures differ from portal to portal and with the reader's language, and none of it is documented. So
//! what the figures are is decided once for the file, from the names and the first rows. Counts made of percentages are
//! estimates.

use super::cell::{DecimalSign, Number, ONE, are_empty, bad, is_blank, text};
use super::dates::DateStyle;
use super::fields::{Field, LineError};
use super::row::{RowFact, RowFormat, RowOutcome, Sample, Table, folded};
use super::{BadReason, SkipReason};
use crate::ingest::activity_csv::ActivityRow;
use crate::model::auth::UNKNOWN_MECHANISM;
use crate::model::identity::{domain_of, normalise_address};
use crate::model::{Count, Counts, Day, TlsVersion};
use crate::sort::sort_by_key;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What the columns are called, [`folded`].
const SENDER: [&str; 4] = ["senderaddress", "sender", "senderemailaddress", "mailboxaddress"];
const DOMAIN: [&str; 3] = ["domain", "senderdomain", "domainname"];
const MESSAGES: [&str; 6] =
    ["messagessent", "messagecount", "count", "messages", "numberofmessages", "totalmessages"];
const PROTOCOL: [&str; 6] =
    ["authenticationprotocol", "authprotocol", "auth", "authenticationtype", "authtype", "authentication"];
const DATE: [&str; 4] = ["date", "dateutc", "day", "reportdate"];
const TLS: [(&str, TlsVersion); 5] = [
    ("notls", TlsVersion::NoTls),
    ("tls10", TlsVersion::Tls10),
    ("tls11", TlsVersion::Tls11),
    ("tls12", TlsVersion::Tls12),
    ("tls13", TlsVersion::Tls13),
];
/// The first cell of a row of totals.
const TOTALS: [&str; 4] = ["total", "totals", "grandtotal", "sum"];

/// Microsoft keeps 90 days, so no report is about more.
const MAX_DAYS: i32 = 93;

/// What a figure of a TLS column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Figures {
    /// `6272`: messages.
    Counts,
    /// `96.35`, `96.35 %`: of a hundred.
    Percentages,
    /// `0.9635`: of one.
    Fractions,
    /// `100.00 % (6272)`, or the other way round: both; the messages are exact.
    Both,
}

/// What the name of a TLS column says of its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Open,
    Percentage,
    Count,
}

/// An export of the report, and what its figures are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MicrosoftReport {
    table: Table,
    sender: usize,
    domain: Option<usize>,
    messages: Option<usize>,
    protocol: Option<usize>,
    date: Option<usize>,
    /// The columns of TLS versions, each version once.
    tls: Vec<(TlsVersion, usize)>,
    figures: Figures,
    sign: DecimalSign,
    /// By how many millionths the shares of a row may miss their sum, as they are rounded.
    slack: u64,
    dates: DateStyle,
}

impl MicrosoftReport {
    /// If these are the columns of the report: a sender, and a column for a TLS version at least.
    pub fn from_table(table: &Table, sample: &Sample) -> Option<Self> {
        let sender = table.find(&SENDER)?;
        let (tls, unit) = tls_columns(table)?;
        let date = table.find(&DATE);
        let mut report = Self {
            table: table.clone(),
            sender,
            domain: table.find(&DOMAIN),
            messages: table.find(&MESSAGES),
            protocol: table.find(&PROTOCOL),
            date,
            tls,
            figures: Figures::Counts,
            sign: DecimalSign::default(),
            slack: 0,
            dates: DateStyle::of(cells(sample, date).filter(|text| !is_no_date(text))),
        };
        report.decide(unit, sample);
        Some(report)
    }

    /// Decides what the figures are.
    fn decide(&mut self, unit: Unit, sample: &Sample) {
        let of_tls = || self.tls.iter().flat_map(|&(_, at)| cells(sample, Some(at)));
        let has_both = unit != Unit::Count && of_tls().any(|text| text.contains('('));
        let is_whole = unit == Unit::Count || has_both;
        let counts: Vec<&str> = of_tls().filter(|_| is_whole).map(|text| count_in(text).trim()).collect();
        let shares: Vec<&str> = of_tls().filter(|_| !is_whole).map(number_in).collect();
        let whole = counts.iter().copied().chain(cells(sample, self.messages));
        self.sign = DecimalSign::of(shares.iter().copied(), whole, self.table.delimiter);
        let decimals =
            shares.iter().filter_map(|text| self.sign.parse(text)).map(|number| number.decimals).max();
        let rounding = |decimals: u32| ONE / 10_u64.pow(decimals) * self.tls.len() as u64 / 2;
        let (of_hundred, of_one) = (rounding(decimals.unwrap_or(0)), rounding(decimals.unwrap_or(0).max(2)));
        self.figures = if unit == Unit::Count {
            Figures::Counts
        } else if has_both {
            Figures::Both
        } else {
            let has_sign = of_tls().any(|text| text.contains('%'));
            self.by_sums(unit == Unit::Percentage || has_sign, has_sign, (of_hundred, of_one), sample)
        };
        self.slack = if self.figures == Figures::Fractions { of_one } else { of_hundred };
    }

    /// Decides between counts, percentages and fractions by what the rows add up to.
    fn by_sums(&self, is_share: bool, has_sign: bool, slack: (u64, u64), sample: &Sample) -> Figures {
        let (mut counts, mut percentages, mut fractions) = (0, 0, 0);
        let (mut has_decimals, mut fits_messages, mut max) = (false, true, 0);
        for row in sample {
            let cell = |at: usize| row.get(at).map_or("", |text| number_in(text));
            let numbers = self.tls.iter().filter_map(|&(_, at)| self.sign.parse(cell(at)));
            let (mut sum, mut is_whole) = (0, true);
            for number in numbers {
                sum += number.millionths;
                is_whole = is_whole && number.whole().is_some();
            }
            if sum == 0 {
                continue;
            }
            let messages = self.messages.and_then(|at| self.sign.parse(cell(at)));
            counts += u32::from(is_whole && messages.is_some_and(|messages| messages.millionths == sum));
            percentages += u32::from(sum.abs_diff(100 * ONE) <= slack.0);
            fractions += u32::from(sum.abs_diff(ONE) <= slack.1);
            has_decimals = has_decimals || !is_whole;
            fits_messages = fits_messages && messages.is_none_or(|messages| messages.millionths >= sum);
            max = max.max(sum);
        }
        if is_share {
            let are_fractions = !has_sign
                && (fractions > percentages || (fractions == percentages && max <= ONE && has_decimals));
            return if are_fractions { Figures::Fractions } else { Figures::Percentages };
        }
        if counts.max(percentages).max(fractions) > 0 {
            // Of a hundred messages, or one, as many are a share and a count; the count is exact.
            return if counts >= percentages.max(fractions) {
                Figures::Counts
            } else if percentages >= fractions {
                Figures::Percentages
            } else {
                Figures::Fractions
            };
        }
        match (has_decimals, max) {
            (_, 0) => Figures::Percentages,
            (true, ..=ONE) => Figures::Fractions,
            (false, _) if fits_messages || max > 100 * ONE + slack.0 => Figures::Counts,
            _ => Figures::Percentages,
        }
    }

    /// How many messages a row has of each TLS version, in millionths of what its figures are in.
    fn amounts(&self, fields: &[Field<'_>]) -> Result<Vec<u64>, LineError> {
        self.tls
            .iter()
            .map(|&(_, at)| {
                let cell = text(fields, Some(at));
                if is_blank(&cell) {
                    return Ok(0);
                }
                let number = if self.figures == Figures::Both && cell.contains('(') {
                    self.sign.parse(count_in(&cell))
                } else {
                    self.sign.parse(number_in(&cell))
                };
                let is_share = matches!(self.figures, Figures::Percentages | Figures::Fractions);
                number
                    .filter(|number| is_share || number.whole().is_some())
                    // A share beside shares with counts; only of nothing is the count known.
                    .filter(|number| {
                        self.figures != Figures::Both || cell.contains('(') || number.millionths == 0
                    })
                    .map(|number| number.millionths)
                    .ok_or(bad(Some(at), BadReason::Count))
            })
            .collect()
    }

    /// How many messages a row has of each TLS version, last of which none of its columns tells.
    fn counts(&self, fields: &[Field<'_>]) -> Result<Vec<Count>, LineError> {
        let messages = match text(fields, self.messages) {
            none if is_blank(&none) => None,
            number => Some(
                self.sign
                    .parse(&number)
                    .and_then(Number::whole)
                    .ok_or(bad(self.messages, BadReason::Count))?,
            ),
        };
        let mut amounts = self.amounts(fields)?;
        let sum: u64 = amounts.iter().sum();
        let full = match self.figures {
            Figures::Counts | Figures::Both => {
                let mut counts: Vec<Count> = amounts.iter().map(|n| Count::known(n / ONE)).collect();
                counts.push(match messages {
                    Some(messages) => Count::known(messages.saturating_sub(sum / ONE)),
                    None if sum == 0 => Count::UNKNOWN,
                    None => Count::known(0),
                });
                return Ok(counts);
            }
            Figures::Percentages => 100 * ONE,
            Figures::Fractions => ONE,
        };
        // More than rounding makes of a whole.
        if sum > full + full / 50 + self.slack {
            return Err(bad(self.tls.first().map(|&(_, at)| at), BadReason::Count));
        }
        let rest = full.saturating_sub(sum);
        amounts.push(if sum > 0 && rest <= self.slack { 0 } else { rest });
        Ok(match messages {
            Some(messages) => shared_out(messages, &amounts).into_iter().map(Count::known).collect(),
            None => amounts.iter().map(|&n| if n > 0 { Count::UNKNOWN } else { Count::known(0) }).collect(),
        })
    }

    fn time_ms(&self, fields: &[Field<'_>]) -> Result<Option<i64>, LineError> {
        match text(fields, self.date) {
            none if is_no_date(&none) => Ok(None),
            date => self.dates.parse(&date).map(Some).ok_or(bad(self.date, BadReason::Time)),
        }
    }
}

impl RowFormat for MicrosoftReport {
    fn table(&self) -> &Table {
        &self.table
    }

    fn dates(&self) -> DateStyle {
        self.dates
    }

    fn is_estimate(&self) -> bool {
        self.messages.is_some() && matches!(self.figures, Figures::Percentages | Figures::Fractions)
    }

    fn read(
        &mut self,
        fields: &[Field<'_>],
        tell: &mut dyn FnMut(RowFact<'_>),
    ) -> Result<RowOutcome, LineError> {
        if are_empty(fields) {
            return Ok(RowOutcome::Skipped(SkipReason::Blank));
        }
        let sender = text(fields, Some(self.sender));
        // It adds up the others.
        if !sender.contains('@') && TOTALS.contains(&folded(&sender).as_str()) {
            return Ok(RowOutcome::Skipped(SkipReason::Header));
        }
        let sender = match normalise_address(&sender) {
            null if null == "<>" => String::new(),
            sender => sender.into_owned(),
        };
        let sender_domain = match domain_of(&sender) {
            "" => text(fields, self.domain).to_lowercase(),
            domain => domain.to_owned(),
        };
        let protocol = text(fields, self.protocol);
        let mechanism = mechanism(&protocol);
        let time_ms = self.time_ms(fields)?;
        let counts = self.counts(fields)?;
        let versions = self.tls.iter().map(|&(version, _)| version).chain([TlsVersion::Unknown]);
        for (tls, messages) in versions.zip(counts) {
            if messages.is_zero() {
                continue;
            }
            tell(RowFact {
                time_ms,
                row: ActivityRow {
                    user: Cow::Borrowed(&sender),
                    sender: Cow::Borrowed(&sender),
                    sender_domain: Cow::Borrowed(&sender_domain),
                    tls,
                    mechanism: Cow::Borrowed(mechanism),
                    client_ip: Cow::Borrowed(""),
                    client_name: Cow::Borrowed(""),
                    server: Cow::Borrowed(""),
                },
                counts: Counts {
                    messages,
                    recipients: Count::UNKNOWN,
                    sessions: Count::UNKNOWN,
                    failed_signins: Count::UNKNOWN,
                },
                identity: None,
                refusal: None,
            });
        }
        Ok(RowOutcome::Counted)
    }
}

/// The columns of TLS versions, and what their names say of the figures. Where there are several for a version, those that
/// count.
fn tls_columns(table: &Table) -> Option<(Vec<(TlsVersion, usize)>, Unit)> {
    let mut found: Vec<(TlsVersion, usize, Unit)> = Vec::new();
    for (at, name) in table.names.iter().enumerate() {
        if let Some((version, unit)) = tls_column(name) {
            found.push((version, at, unit));
        }
    }
    let has = |wanted: Unit| found.iter().any(|&(_, _, unit)| unit == wanted);
    let is_double = |version| found.iter().filter(|&&(found, ..)| found == version).count() > 1;
    let unit = if has(Unit::Count) {
        Unit::Count
    } else if has(Unit::Percentage) && has(Unit::Open) && TLS.iter().any(|&(_, version)| is_double(version)) {
        // `TLS 1.0, TLS 1.0 %`
        found.retain(|&(_, _, unit)| unit == Unit::Open);
        for (.., unit) in &mut found {
            *unit = Unit::Count;
        }
        Unit::Count
    } else if has(Unit::Percentage) {
        Unit::Percentage
    } else {
        Unit::Open
    };
    let mut columns: Vec<(TlsVersion, usize)> = Vec::new();
    for (_, version) in TLS {
        let column =
            found.iter().find(|&&(found, _, of)| found == version && (of == unit || unit != Unit::Count));
        columns.extend(column.map(|&(version, at, _)| (version, at)));
    }
    (!columns.is_empty()).then_some((columns, unit))
}

/// Which TLS version a column of this name is about, if about one.
fn tls_column(name: &str) -> Option<(TlsVersion, Unit)> {
    let folded = folded(name);
    let folded = folded.strip_prefix("mostsecure").unwrap_or(&folded);
    let (rest, version) = TLS
        .iter()
        .find_map(|&(prefix, version)| Some((folded.strip_prefix(prefix)?, version)))
        .or_else(|| (folded == "tls1").then_some(("", TlsVersion::Tls10)))?;
    let unit = match rest {
        "percentage" | "percent" | "pct" | "share" => Unit::Percentage,
        "" if name.contains('%') => Unit::Percentage,
        "" => Unit::Open,
        "count" | "messages" | "messagecount" | "messagessent" => Unit::Count,
        _ => return None,
    };
    Some((version, unit))
}

fn cells(sample: &Sample, at: Option<usize>) -> impl Iterator<Item = &str> {
    sample.iter().filter_map(move |row| row.get(at?).map(String::as_str))
}

/// A number without the per cent sign before or behind it.
fn number_in(cell: &str) -> &str {
    cell.trim_matches(|c: char| c == '%' || c.is_whitespace())
}

/// The count in `100.00 % (6272)` and in `6272 (100.00 %)`.
fn count_in(cell: &str) -> &str {
    let Some((outer, inner)) = cell.split_once('(') else { return number_in(cell) };
    if inner.contains('%') { outer.trim() } else { inner.trim_end().trim_end_matches(')').trim() }
}

/// Shares a number out in proportion to `amounts`, so that the parts add up to it: each gets the whole part of its share,
/// and what is left goes to those with the largest remainders, of equal ones to the first, which is the least secure.
fn shared_out(number: u64, amounts: &[u64]) -> Vec<u64> {
    let sum: u128 = amounts.iter().map(|&n| u128::from(n)).sum();
    if sum == 0 {
        return vec![0; amounts.len()];
    }
    let product = |amount: u64| u128::from(number) * u128::from(amount);
    // What is a part of `number` fits where it fits.
    let mut parts: Vec<u64> =
        amounts.iter().map(|&n| u64::try_from(product(n) / sum).unwrap_or(number)).collect();
    let mut by_remainder: Vec<usize> = (0..amounts.len()).collect();
    sort_by_key(&mut by_remainder, |&i| std::cmp::Reverse(product(amounts[i]) % sum));
    let left = number.saturating_sub(parts.iter().sum());
    for (_, i) in (0..left).zip(by_remainder) {
        parts[i] += 1;
    }
    parts
}

/// The mechanism that an authentication protocol is called in the report.
fn mechanism(protocol: &str) -> &str {
    match folded(protocol).as_str() {
        "" | "unknown" | "na" | "none" | "notavailable" => UNKNOWN_MECHANISM,
        "basic" | "basicauth" | "basicauthentication" => "Basic",
        "oauth"
        | "oauth2"
        | "oauth20"
        | "oauthauthentication"
        | "modern"
        | "modernauth"
        | "modernauthentication" => "OAuth",
        _ => protocol,
    }
}

/// Whether a date says nothing, or is .NET's first day, as which Microsoft writes it: `01/01/1 12:00 AM`.
fn is_no_date(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let mut is_one = || numbers.next().is_some_and(|part| part.trim_start_matches('0') == "1");
    is_blank(text) || (is_one() && is_one() && is_one())
}

/// A date read with the month first, and with the day first.
type EitherWay = (Option<Day>, Option<Day>);

/// The first and last day of a report, if its file's name tells them: `SMTP Auth clients 2026-11-01 - 2026-11-07.csv`,
/// `…20261101-20261107`, `…11_01_2026_11_07_2026`. `None` unless there are exactly two dates and one way to read them: of
/// month and day in either order, only one may make a period that a report can have.
pub fn period_in_name(file_name: &str) -> Option<(Day, Day)> {
    let mut dates = Vec::new();
    let mut rest = file_name;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[at..];
        rest = if let Some((date, behind)) = date_in_name(rest) {
            dates.push(date);
            behind
        } else {
            rest.trim_start_matches(|c: char| c.is_ascii_digit())
        };
    }
    let &[(first, first_else), (last, last_else)] = dates.as_slice() else { return None };
    let is_certain = first == first_else && last == last_else;
    let period = |first: Option<Day>, last: Option<Day>| {
        let (first, last) = (first?, last?);
        (first <= last && (is_certain || last.0 - first.0 < MAX_DAYS)).then_some((first, last))
    };
    match (period(first, last), period(first_else, last_else)) {
        (one, None) => one,
        (None, other) => other,
        (one, other) => one.filter(|_| one == other),
    }
}

/// The date at the start of a text, with the month and with the day first, and what follows it.
fn date_in_name(text: &str) -> Option<(EitherWay, &str)> {
    let day = |year: &str, month: &str, day: &str| {
        let year: i32 = year.parse().ok().filter(|year| (2000..=2100).contains(year))?;
        Day::from_ymd(year, month.parse().ok()?, day.parse().ok()?)
    };
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let len = digits(text);
    if len == 8 {
        let date = Some(day(&text[..4], &text[4..6], &text[6..8])?);
        return Some(((date, date), &text[8..]));
    }
    let (a, rest) = text.split_at(len);
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '_' | '.' | ' '))?;
    let rest = rest.strip_prefix(separator)?;
    let (b, rest) = rest.split_at(digits(rest));
    let rest = rest.strip_prefix(separator)?;
    let (c, rest) = rest.split_at(digits(rest));
    let dates = match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => (day(a, b, c), day(a, b, c)),
        (1..=2, 1..=2, 4) => (day(c, a, b), day(c, b, a)),
        _ => return None,
    };
    (dates != (None, None)).then_some((dates, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::fields::split;

    fn records(text: &str, delimiter: u8) -> Vec<Vec<Field<'_>>> {
        text.lines()
            .map(|line| {
                let mut fields = Vec::new();
                assert_eq!(split(line.as_bytes(), delimiter, &mut fields), Ok(()), "{line}");
                fields
            })
            .collect()
    }

    fn texts(fields: &[Field<'_>]) -> Vec<String> {
        (0..fields.len()).map(|at| text(fields, Some(at)).into_owned()).collect()
    }

    fn report(csv: &str, delimiter: u8) -> Option<MicrosoftReport> {
        let rows: Vec<Vec<String>> = records(csv, delimiter).iter().map(|row| texts(row)).collect();
        let (names, sample) = rows.split_first()?;
        MicrosoftReport::from_table(&Table { delimiter, names: names.clone() }, sample)
    }

    /// What each row tells (`day user TLS mechanism messages`), or what becomes of it.
    fn told(csv: &str, delimiter: u8) -> Vec<String> {
        let mut report = report(csv, delimiter).unwrap();
        let mut lines = Vec::new();
        for fields in &records(csv, delimiter)[1..] {
            let outcome = report.read(fields, &mut |fact| {
                assert_eq!(fact.row.user, fact.row.sender);
                assert_eq!(fact.row.sender_domain, domain_of(&fact.row.sender));
                assert_eq!(fact.counts.sessions, Count::UNKNOWN);
                let day = fact.time_ms.map_or("-".into(), |ms| Day::from_unix_ms(ms).to_string());
                let messages = fact.counts.messages.value().map_or("?".into(), |n| n.to_string());
                let user = fact.row.user.split('@').next().unwrap_or_default();
                lines.push(format!("{day} {user} {} {} {messages}", fact.row.tls, fact.row.mechanism));
            });
            match outcome {
                Ok(RowOutcome::Counted) => {}
                other => lines.push(format!("{other:?}")),
            }
        }
        lines
    }

    #[test]
    fn percentages_become_counts_that_add_up() {
        let csv = include_str!("../../../tests/fixtures/microsoft-report/percentages.csv");
        assert!(report(csv, b',').unwrap().is_estimate());
        let expected = [
            "- scanner TLS 1.0 Basic 412",
            "- erp TLS 1.2 Basic 6272",
            "- crm TLS 1.2 OAuth 88",
            // 5.0005 and 131.9995
            "- nas TLS 1.0 Basic 5",
            "- nas TLS 1.2 Basic 132",
            "- alerts TLS 1.1 OAuth 2",
            "- alerts TLS 1.2 OAuth 14",
            "- thirds TLS 1.0 Basic 34",
            "- thirds TLS 1.1 Basic 33",
            "- thirds TLS 1.2 Basic 33",
            "- legacy TLS 1.0 Unknown 3",
            "- legacy TLS 1.2 Unknown 6",
            "- legacy Unknown Unknown 1",
            "- hybrid TLS 1.2 Certificate 3",
            "Ok(Skipped(Header))",
            "Ok(Skipped(Blank))",
        ];
        assert_eq!(told(csv, b','), expected);
    }

    #[test]
    fn other_regional_settings_and_dates() {
        let csv = include_str!("../../../tests/fixtures/microsoft-report/comma-and-dates.csv");
        let expected = [
            "2026-11-01 scanner TLS 1.0 Basic 6272",
            // 500, 499.5 and 0.5: of equal remainders the first.
            "2026-11-13 nas No TLS OAuth 500",
            "2026-11-13 nas TLS 1.2 OAuth 500",
            "- erp TLS 1.3 Unknown 7",
        ];
        assert_eq!(told(csv, b';'), expected);
    }

    #[test]
    fn fractions_counts_and_both() {
        let fractions = include_str!("../../../tests/fixtures/microsoft-report/fractions.csv");
        let expected =
            ["- scanner TLS 1.0 Unknown 412", "- nas TLS 1.0 Unknown 5", "- nas TLS 1.2 Unknown 132"];
        assert_eq!(told(fractions, b','), expected);
        assert!(report(fractions, b',').unwrap().is_estimate());

        let plain = include_str!("../../../tests/fixtures/microsoft-report/plain-counts.csv");
        let expected =
            ["- scanner TLS 1.0 Unknown 100", "- nas TLS 1.0 Unknown 5", "- nas TLS 1.2 Unknown 132"];
        assert_eq!(told(plain, b','), expected);
        assert!(!report(plain, b',').unwrap().is_estimate());

        let both = include_str!("../../../tests/fixtures/microsoft-report/both.csv");
        let expected =
            ["- scanner TLS 1.0 Unknown 6272", "- nas TLS 1.0 Unknown 5", "- nas TLS 1.2 Unknown 132"];
        assert_eq!(told(both, b','), expected);
        assert_eq!(told(&both.replace("100.00 % (6272)", "6272 (100.00 %)"), b','), expected);
        assert!(!report(both, b',').unwrap().is_estimate());

        let counts = include_str!("../../../tests/fixtures/microsoft-report/counts.csv");
        let expected = [
            "- scanner TLS 1.0 Basic 100",
            "- nas TLS 1.0 OAuth 5",
            "- nas TLS 1.2 OAuth 1320",
            "- nas Unknown OAuth 5",
        ];
        assert_eq!(told(counts, b','), expected);
        assert!(!report(counts, b',').unwrap().is_estimate());
    }

    #[test]
    fn without_messages_how_many_is_unknown() {
        assert_eq!(
            told("Sender,TLS1.0%,TLS1.2%\na@b.c,20,70\n", b','),
            ["- a TLS 1.0 Unknown ?", "- a TLS 1.2 Unknown ?", "- a Unknown Unknown ?"]
        );
        let csv = "Sender,TLS1.0%,TLS1.2%,Count\na@b.c,0,0,5\na@b.c,,,\n";
        assert_eq!(told(csv, b','), ["- a Unknown Unknown 5", "- a Unknown Unknown ?"]);
    }

    #[test]
    fn names_of_the_columns() {
        for (name, column) in [
            ("TLS 1.0 (percentage)", Some((TlsVersion::Tls10, Unit::Percentage))),
            ("TLS1.1%", Some((TlsVersion::Tls11, Unit::Percentage))),
            ("Tls12Count", Some((TlsVersion::Tls12, Unit::Count))),
            ("(Most secure) TLS 1.2", Some((TlsVersion::Tls12, Unit::Open))),
            ("No TLS", Some((TlsVersion::NoTls, Unit::Open))),
            ("NoTls", Some((TlsVersion::NoTls, Unit::Open))),
            ("TLS version", None),
            ("TLS 1.0 cipher", None),
        ] {
            assert_eq!(tls_column(name), column, "{name}");
        }
        let twice = "Sender,TLS 1.0 %,TLS 1.0,TLS 1.2 %,TLS 1.2,Count\na@b.c,25,1,75,3,4\n";
        assert_eq!(told(twice, b','), ["- a TLS 1.0 Unknown 1", "- a TLS 1.2 Unknown 3"]);
        assert_eq!(report("Sender,Messages sent\na@b.c,4\n", b','), None);
        assert_eq!(report("TLS 1.0,TLS 1.2\n1,2\n", b','), None);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_column() {
        let bad = |row: &str| {
            let csv = format!("Date,Sender,TLS1.0%,TLS1.2%,Count\n2026-11-01,a@b.c,25,75,4\n{row}\n");
            told(&csv, b',').pop().unwrap()
        };
        for (row, column, reason) in [
            ("yesterday,a@b.c,25,75,4", 1, "Time"),
            (",a@b.c,x,75,4", 3, "Count"),
            (",a@b.c,90,90,4", 3, "Count"),
            (",a@b.c,25,-75,4", 4, "Count"),
            (",a@b.c,25,75,4.5", 5, "Count"),
        ] {
            let expected = format!("Err(LineError {{ column: Some({column}), reason: {reason} }})");
            assert_eq!(bad(row), expected, "{row}");
        }
        let long = "9".repeat(1 << 16);
        assert!(bad(&format!(",a@b.c,25,75,{long}")).starts_with("Err"));
        assert!(bad(",=cmd|' /C calc'!A0@b.c,100,,1").ends_with(" 1"));
    }

    #[test]
    fn shares_add_up_to_the_whole() {
        assert_eq!(shared_out(7, &[1, 1, 1]), [3, 2, 2]);
        assert_eq!(shared_out(1, &[50, 50]), [1, 0]);
        assert_eq!(shared_out(u64::MAX, &[u64::MAX, 0]), [u64::MAX, 0]);
        assert_eq!(shared_out(5, &[0, 0]), [0, 0]);
    }

    #[test]
    fn periods_in_file_names() {
        let day = |text| Day::parse_iso(text).unwrap();
        let week = Some((day("2026-11-01"), day("2026-11-07")));
        for (name, period) in [
            ("SMTP Auth clients 2026-11-01 - 2026-11-07.csv", week),
            ("SMTP Auth clients 2026-11-01-2026-11-07 (1).csv", week),
            ("20261101-20261107.csv", week),
            ("report_2026.11.01_2026.11.07.csv", week),
            // Read with the day first it would be half a year, which no report is about.
            ("SMTP_11_01_2026_11_07_2026.csv", week),
            ("1.11.2026 - 7.11.2026.csv", week),
            ("11-13-2026 12-02-2026", Some((day("2026-11-13"), day("2026-12-02")))),
            ("2026-01-01 2026-12-31", Some((day("2026-01-01"), day("2026-12-31")))),
            // 11 January or 1 November.
            ("11_01_2026_11_01_2026.csv", None),
            ("03_04_2026_03_05_2026.csv", None),
            ("2026-11-07 - 2026-11-01.csv", None),
            ("2026-11-01.csv", None),
            ("2026-11-01 2026-11-07 2026-11-09.csv", None),
            ("2026-11-01 20261301.csv", None),
            ("SmtpAuthReport (3) 2026é11é01.csv", None),
            ("", None),
        ] {
            assert_eq!(period_in_name(name), period, "{name}");
        }
    }
}
