//! The field's nouns: days, TLS versions, authentication mechanisms, identities and counts.
//!
//! Nothing here reads bytes or knows a browser; every other module speaks in these types.

pub mod auth;
pub mod count;
pub mod day;
pub mod formula;
pub mod identity;
pub mod refusal;
pub mod text;
pub mod tls;

pub use auth::AuthClass;
pub use count::{Count, Counts};
pub use day::Day;
pub use refusal::Refusal;
pub use tls::TlsVersion;
