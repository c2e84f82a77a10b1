//! The CSV formats: which there are, and which of them a file is.
//!
//! A new format is a module with a type that implements [`RowFormat`], and a line in each of the two lists here.

use super::account::Format;
use super::row::{RowFormat, Sample, Table};
use serde::{Deserialize, Serialize};

/// Lists the formats once: their variants, and in this order who is asked whether a file is theirs.
macro_rules! formats {
    ($($name:ident: $type:path;)*) => {
        /// A CSV format, with what it knows of the file at hand.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum CsvFormat {
            $(
                #[doc = concat!("See [`Format::", stringify!($name), "`].")]
                $name($type),
            )*
        }

        impl CsvFormat {
            /// Whose file this is, by its column names and first rows.
            pub fn of(table: &Table, sample: &Sample) -> Option<Self> {
                $(
                    if let Some(format) = <$type>::from_table(table, sample) {
                        return Some(Self::$name(format));
                    }
                )*
                None
            }

            /// The format's name.
            pub const fn format(&self) -> Format {
                match self {
                    $(Self::$name(_) => Format::$name,)*
                }
            }

            /// What reads its rows.
            pub fn into_rows(self) -> Box<dyn RowFormat> {
                match self {
                    $(Self::$name(format) => Box::new(format),)*
                }
            }
        }
    };
}

formats! {
    EntraSignIns: super::entra_sign_ins::EntraSignIns;
    MicrosoftReport: super::microsoft_report::MicrosoftReport;
    MessageTracking: super::message_tracking::MessageTracking;
    MessageTrace: super::message_trace::MessageTrace;
    // Takes what it can guess at, so it comes last.
    OtherCsv: super::other_csv::OtherCsv;
}
