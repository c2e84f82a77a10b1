//! Logs of any size whose content is known: the same bytes for the same size and number of senders, on every machine.
//!
//! | module | writes |
//! |---|---|
//! | [`receive`] | an SMTP Receive protocol log as Exchange writes it |
//! | [`activity`] | a CSV with one row for each message |
//! | [`spray`] | a Receive log of sign-ins tried under ever other names |
//!
//! Each returns the [`Truth`] about what it wrote, counted while writing and not by reading.

pub mod activity;
mod calendar;
mod people;
pub mod receive;
mod rng;
mod session;
pub mod spray;
mod truth;

pub use truth::Truth;

/// Goes up with every change of what the generators write, so that old corpora are not taken for new ones.
pub const VERSION: u32 = 1;

/// Days a corpus covers.
pub const DAYS: usize = 30;

/// Senders of a corpus unless told otherwise.
pub const SENDERS: u32 = 10_000;
