//! TLS versions, in every spelling the logs use.

use crate::ingest::text::is_same;
use serde::{Deserialize, Serialize};

/// The protection of the connection a client authenticated over.
///
/// Ordered from least to most secure, `Unknown` last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum TlsVersion {
    /// Authenticated in the clear.
    NoTls,
    /// SSL 2.0.
    Ssl2,
    /// SSL 3.0.
    Ssl3,
    /// TLS 1.0.
    Tls10,
    /// TLS 1.1.
    Tls11,
    /// TLS 1.2.
    Tls12,
    /// TLS 1.3.
    Tls13,
    /// The log does not tell.
    #[default]
    Unknown,
}

impl TlsVersion {
    /// All values, in order.
    pub const ALL: [Self; 8] = [
        Self::NoTls,
        Self::Ssl2,
        Self::Ssl3,
        Self::Tls10,
        Self::Tls11,
        Self::Tls12,
        Self::Tls13,
        Self::Unknown,
    ];

    /// The name in reports and in the Activity CSV.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NoTls => "No TLS",
            Self::Ssl2 => "SSL 2.0",
            Self::Ssl3 => "SSL 3.0",
            Self::Tls10 => "TLS 1.0",
            Self::Tls11 => "TLS 1.1",
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
            Self::Unknown => "Unknown",
        }
    }

    /// Whether a client that uses it can no longer send once TLS below 1.2 is switched off.
    pub const fn is_below_1_2(self) -> bool {
        matches!(self, Self::NoTls | Self::Ssl2 | Self::Ssl3 | Self::Tls10 | Self::Tls11)
    }

    /// From Schannel's protocol number (`SP_PROT_*`, server or client bit).
    pub const fn from_schannel(value: u32) -> Option<Self> {
        match value {
            4 | 8 => Some(Self::Ssl2),
            16 | 32 => Some(Self::Ssl3),
            64 | 128 => Some(Self::Tls10),
            256 | 512 => Some(Self::Tls11),
            1024 | 2048 => Some(Self::Tls12),
            4096 | 8192 => Some(Self::Tls13),
            _ => None,
        }
    }

    /// From any spelling met in logs: `TLS 1.2`, `TLSv1.2`, `Tls12`, `TLS1_2`, `SP_PROT_TLS1_2_SERVER`,
    /// `SP_PROT_TLS1_SERVER`, `1.2`, `1024`, `SSLv3`, `No TLS`, `none`.
    ///
    /// `None` if the text is not a TLS version; `Unknown` is only for the word itself and for nothing at all.
    pub fn parse(text: &[u8]) -> Option<Self> {
        // What Exchange writes of nearly every connection, and exports: the long way takes 250 instructions.
        for (spelling, version) in
            [(b"SP_PROT_TLS1_2_SERVER", Self::Tls12), (b"SP_PROT_TLS1_3_SERVER", Self::Tls13)]
        {
            if is_same(text, spelling) {
                return Some(version);
            }
        }
        if let Some(version) = Self::ALL.into_iter().find(|version| is_same(text, version.label().as_bytes()))
        {
            return Some(version);
        }
        // Letters and digits only, upper-cased: every spelling then differs just by its prefix and suffix.
        let mut folded = [0_u8; 32];
        let mut len = 0;
        for b in text.iter().filter(|b| b.is_ascii_alphanumeric()) {
            *folded.get_mut(len)? = b.to_ascii_uppercase();
            len += 1;
        }
        let folded = &folded[..len];
        match folded {
            b"" | b"UNKNOWN" => return Some(Self::Unknown),
            b"NOTLS" | b"NONE" | b"NO" | b"PLAIN" | b"PLAINTEXT" | b"CLEARTEXT" | b"FALSE" => {
                return Some(Self::NoTls);
            }
            _ => {}
        }
        let rest = folded.strip_prefix(b"SPPROT").unwrap_or(folded);
        let rest = rest.strip_suffix(b"SERVER").or_else(|| rest.strip_suffix(b"CLIENT")).unwrap_or(rest);
        if let Some(rest) = rest.strip_prefix(b"SSL") {
            return match rest.strip_prefix(b"V").unwrap_or(rest) {
                b"2" | b"20" => Some(Self::Ssl2),
                b"3" | b"30" => Some(Self::Ssl3),
                _ => None,
            };
        }
        let version = rest.strip_prefix(b"TLS").unwrap_or(rest);
        let bare = version.len() == rest.len();
        match version.strip_prefix(b"V").unwrap_or(version) {
            // Some exports write TLS1_2_0 or TLS 1.2.0.
            b"1" | b"10" | b"100" => Some(Self::Tls10),
            b"11" | b"110" => Some(Self::Tls11),
            b"12" | b"120" => Some(Self::Tls12),
            b"13" | b"130" => Some(Self::Tls13),
            digits if bare => std::str::from_utf8(digits).ok()?.parse().ok().and_then(Self::from_schannel),
            _ => None,
        }
    }
}

impl std::fmt::Display for TlsVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::TlsVersion::{self, *};

    #[test]
    fn every_spelling_is_read() {
        for (text, version) in [
            ("SP_PROT_SSL2_SERVER", Ssl2),
            ("SP_PROT_SSL3_SERVER", Ssl3),
            ("SP_PROT_TLS1_SERVER", Tls10),
            ("SP_PROT_TLS1_0_SERVER", Tls10),
            ("SP_PROT_TLS1_1_SERVER", Tls11),
            ("SP_PROT_TLS1_2_SERVER", Tls12),
            ("SP_PROT_TLS1_3_SERVER", Tls13),
            ("SP_PROT_TLS1_2_CLIENT", Tls12),
            ("SP_PROT_TLS1_2_0_SERVER", Tls12),
            ("64", Tls10),
            ("512", Tls11),
            ("1024", Tls12),
            ("4096", Tls13),
            ("TLS 1.2", Tls12),
            ("TLSv1", Tls10),
            ("TLSv1.3", Tls13),
            ("Tls12", Tls12),
            ("tls1_1", Tls11),
            ("1.2", Tls12),
            ("SSLv3", Ssl3),
            ("No TLS", NoTls),
            ("none", NoTls),
            ("", Unknown),
            ("-", Unknown),
            ("Unknown", Unknown),
        ] {
            assert_eq!(TlsVersion::parse(text.as_bytes()), Some(version), "{text}");
        }
        for text in ["TLS 2.0", "yes", "TLS1024", "SP_PROT_", "quic"] {
            assert_eq!(TlsVersion::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn labels_read_back() {
        for version in TlsVersion::ALL {
            assert_eq!(TlsVersion::parse(version.label().as_bytes()), Some(version));
        }
    }
}
