//! The cube and a query to what the page shows.

pub mod query;
pub mod types;

pub use query::{DetailsRequest, Pivot, Query, Range, SortColumn, TlsBasis, View};
pub use types::*;
pub mod stub;
pub use stub::{Details, Input, overview, sender_details};
