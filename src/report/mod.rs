//! The cube and a query to what the page shows.

pub mod columns;
pub mod details;
mod details_more;
pub mod input;
pub mod overview;
pub mod query;
pub mod sender;
pub mod types;

#[cfg(test)]
mod tests;

pub use columns::{Column, Columns, Families};
pub use details::{Details, details};
pub use input::Input;
pub use overview::overview;
pub use query::{DetailsRequest, Location, Page, Pivot, Query, Range, SortColumn, TlsBasis, View};
pub use sender::sender_details;
pub use types::*;
