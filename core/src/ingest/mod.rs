//! Text to events and rows: its lines, their fields, the two formats that are read by the gigabyte, and what any other
//! CSV tells ([`row`]).

pub mod account;
pub mod activity_csv;
pub mod dates;
pub mod event;
pub mod exchange_receive;
pub mod fields;
pub mod legacy;
pub mod lines;
pub mod row;
pub mod scan;
pub mod text;
pub mod time;

pub use account::{BadLine, BadReason, FileProblem, Format, LineAccount, SkipReason};
pub use legacy::CodePage;
