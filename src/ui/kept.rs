//! What outlives a change of language, for which the page is made anew, though it stands in no address: what the reader
//! switched off, unfolded, searched for or zoomed to.

use super::chart_legend::SeriesKey;
use super::details_table::Table;
use super::state::Ui;
use crate::aggregate::SourceId;
use crate::report::Range;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Files of *Data sources* listed before *Show more* is asked for: a folder of hourly logs has thousands.
pub const LISTED: usize = 200;

/// All of it. Cheap to copy. What is of the details table goes when the reader leaves the table; the rest, when nothing is
/// loaded any more.
#[derive(Clone, Copy)]
pub struct Kept {
    /// The domains that are switched off in *Sending Volume*.
    pub domains_off: RwSignal<Vec<SeriesKey>>,
    /// The versions that are switched off in *TLS Usage*.
    pub versions_off: RwSignal<Vec<SeriesKey>>,
    /// The range before a zoom, and the one zoomed to.
    pub zoom: RwSignal<Option<(Range, Range)>>,
    /// The files whose accounts are unfolded.
    pub accounts: RwSignal<BTreeSet<SourceId>>,
    /// How many files are listed.
    pub listed: RwSignal<usize>,
    /// Parts of the page that are not folded as they are at first, by id. See [`Unfolds`](super::unfolds::Unfolds).
    pub unfolded: RwSignal<BTreeSet<&'static str>>,
    /// The navigation is not as it is at first.
    pub nav_toggled: RwSignal<bool>,
    /// The details table: its search, its rows, and where the reader is among them.
    pub table: Table,
}

impl Kept {
    /// Makes it, above all that is made anew.
    pub fn provide(ui: Ui) {
        let kept = Self {
            domains_off: RwSignal::new(Vec::new()),
            versions_off: RwSignal::new(Vec::new()),
            zoom: RwSignal::new(None),
            accounts: RwSignal::new(BTreeSet::new()),
            listed: RwSignal::new(LISTED),
            unfolded: RwSignal::new(BTreeSet::new()),
            nav_toggled: RwSignal::new(false),
            table: Table::new(ui),
        };
        provide_context(kept);
        let has_data = ui.has_data();
        Effect::new(move |had_data: Option<bool>| {
            let has_data = has_data.get();
            if had_data == Some(true) && !has_data {
                kept.forget();
            }
            has_data
        });
    }

    /// What is kept, from anywhere below [`App`](super::app::App).
    pub fn get() -> Self {
        expect_context()
    }

    /// Other logs are other domains and files. How the page is folded has nothing to do with them.
    fn forget(self) {
        self.domains_off.set(Vec::new());
        self.versions_off.set(Vec::new());
        self.zoom.set(None);
        self.accounts.set(BTreeSet::new());
        self.listed.set(LISTED);
        self.table.leave();
    }
}
