//! What stands in a chart, in the language of the page and safe to draw.

use crate::model::TlsVersion;
use crate::model::text::is_invisible;
use std::collections::BTreeSet;

/// The longest name that is drawn, in characters; a longer one loses its middle.
const MAX_NAME_CHARS: usize = 40;

/// How the language of the page writes numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// Between units and tenths.
    pub decimal: String,
    /// Between thousands and hundreds.
    pub group: String,
    /// Behind a percentage, with the space that belongs before it, if any.
    pub percent: String,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { decimal: ".".to_owned(), group: ",".to_owned(), percent: " %".to_owned() }
    }
}

impl Numbers {
    /// `1,234,567`
    pub fn count(&self, n: u64) -> String {
        let digits = n.to_string();
        let mut text = String::with_capacity(digits.len() * 2);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push_str(&self.group);
            }
            text.push(digit);
        }
        text
    }

    /// `96.35 %` of a share from 0 to 1. What is neither nothing nor all never reads 0.00 or 100.00.
    pub fn share(&self, share: f64) -> String {
        let percent =
            if share > 0.0 && share < 1.0 { (share * 100.0).clamp(0.01, 99.99) } else { share * 100.0 };
        format!("{percent:.2}{}", self.percent).replacen('.', &self.decimal, 1)
    }
}

/// The words and numbers of a chart. All of it is shown as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartText {
    /// What the chart shows, in a sentence, for screen readers.
    pub summary: String,
    /// One label for each day of the Sending Volume chart. Days without one are labelled `YYYY-MM-DD`.
    pub days: Vec<String>,
    /// The series of the rest: *Other domains*.
    pub other_domains: String,
    /// In place of the domain of messages without one (null sender).
    pub no_domain: String,
    /// What the tooltip calls the sum of the series that are shown.
    pub total: String,
    /// In the middle of the donut: how many there are in all.
    pub donut_total: String,
    /// Below it, smaller: what is counted.
    pub donut_unit: String,
    /// Names of the TLS versions, indexed like [`TlsVersion::ALL`]; an empty one is the version's own label.
    pub tls: [String; TlsVersion::ALL.len()],
    /// How numbers are written.
    pub numbers: Numbers,
}

impl ChartText {
    /// The name of a TLS version.
    pub(crate) fn tls_name(&self, version: TlsVersion) -> String {
        let name = &self.tls[version as usize];
        drawable(if name.is_empty() { version.label() } else { name })
    }

    /// The name of a sender domain.
    pub(crate) fn domain_name(&self, domain: &str) -> String {
        let name = drawable(domain);
        if name.trim().is_empty() { drawable(&self.no_domain) } else { name }
    }
}

/// Text as it can be drawn: `ECharts` would take `{style|text}` and `{b}` for markup, and a line break in a legend for
/// a new row; direction marks would turn what stands beside. HTML needs nothing: it is drawn on a canvas.
pub(crate) fn drawable(text: &str) -> String {
    let clean = text.chars().filter(|&c| !is_invisible(c)).map(|c| match c {
        '{' => '｛',
        '}' => '｝',
        '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    });
    // A hostile name may have megabytes, of which only both ends are wanted.
    let clean: Vec<char> = clean.collect();
    if clean.len() <= MAX_NAME_CHARS {
        return clean.into_iter().collect();
    }
    let head = MAX_NAME_CHARS / 2;
    let tail = MAX_NAME_CHARS - head - 1;
    clean[..head].iter().chain(&['…']).chain(&clean[clean.len() - tail..]).collect()
}

/// Gives names that are alike a number behind, because `ECharts` takes series of one name for one.
#[derive(Default)]
pub(crate) struct UniqueNames(BTreeSet<String>);

impl UniqueNames {
    pub(crate) fn of(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        let mut n = 2;
        while !self.0.insert(unique.clone()) {
            unique = format!("{name} ({n})");
            n += 1;
        }
        unique
    }
}
