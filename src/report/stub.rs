//! Stub of the report helper's files.
use super::{DetailsPage, DetailsRequest, Overview, Query, SenderDetails, SenderId};
use crate::aggregate::Cube;
use crate::model::Day;
use std::collections::BTreeSet;

/// What a report is made from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Counts.
    pub cube: &'a Cube,
    /// Days covered.
    pub days_with_logs: &'a BTreeSet<Day>,
    /// Today.
    pub today: Day,
}

/// Overview.
pub fn overview(_input: &Input, _query: &Query) -> Overview {
    Overview::default()
}

/// The sorted table.
pub struct Details;

impl Details {
    /// Sorted.
    pub fn build(_input: &Input, _request: &DetailsRequest) -> Self {
        Self
    }
    /// A window.
    pub fn page(&self, start: u64, _len: u64) -> DetailsPage {
        DetailsPage { start, ..DetailsPage::default() }
    }
}

/// One sender.
pub fn sender_details(_input: &Input, _query: &Query, _sender: &SenderId) -> Option<SenderDetails> {
    None
}
