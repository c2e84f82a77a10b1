//! The cube and a query to what the page shows.

pub mod columns;
pub mod details;
mod details_more;
pub mod failures;
pub mod filter;
mod gather;
mod given_up;
pub mod input;
pub mod location;
mod matcher;
pub mod overview;
mod percent;
pub mod query;
mod rollup;
pub mod saved_filters;
pub mod sender;
mod sender_totals;
mod sender_versions;
mod standing;
pub mod types;
mod week;

#[cfg(test)]
mod tests;

pub use columns::{Column, Columns, Families};
pub use details::{Details, details};
pub use failures::{FailedList, FailedRow, Failures, Known, failures};
pub use filter::{Clause, Field, Filter, FilterError, Kind, Operator};
pub use input::Input;
pub use location::{Location, Page};
pub use overview::{Overviews, overview};
pub use query::{DetailsRequest, Pivot, Query, Range, SortColumn, TlsBasis, View};
pub use saved_filters::SavedFilter;
pub use sender::{seen_in_all, sender_details};
pub use types::*;
