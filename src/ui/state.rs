//! What all components share: the workers, the location, and which panel is open.

use super::link_notice::OddLink;
use super::message_bar::{self, Tally};
use super::preferences::{Preferences, Theme};
use super::shortcuts;
use super::undo::Removed;
use crate::aggregate::{Evidence, SourceId};
use crate::platform::dom;
use crate::report::{Location, Overview, Page, Query, Range, SenderId, SortColumn, View};
use crate::worker::client::{Client, InputFile};
use leptos::prelude::*;

/// A panel above the page; at most one is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The widget's flyout.
    Week,
    /// *Filters*.
    Filters,
    /// *Request report*.
    RequestReport,
    /// *Details* of one sender.
    Sender(SenderId),
    /// *Failed sign-ins* of some days.
    FailedSignIns(Range),
    /// *Map columns* of one file.
    Mapping(SourceId),
    /// Are you sure?
    StartOver,
    /// *Settings*.
    Settings,
    /// *Keyboard shortcuts*.
    Shortcuts,
}

/// Shared state. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Ui {
    /// The workers.
    pub client: Client,
    /// Where the admin is. Change it through [`Ui::go`].
    location: RwSignal<Location>,
    /// The open panel.
    pub panel: RwSignal<Option<Panel>>,
    /// The details table's sorting: by what, and whether smallest first.
    pub table_sort: TableSort,
    /// Names of folders and files of the last drop that the browser did not let us open.
    pub unopened: RwSignal<Vec<String>>,
    /// What was removed and may be taken back.
    pub removed: RwSignal<Option<Removed>>,
    /// What became of the files of the last drop, until dismissed.
    pub tally: RwSignal<Option<Tally>>,
    /// What the reader prefers.
    pub preferences: Preferences,
    /// Dark colours are wanted.
    pub dark: Signal<bool>,
    /// The page is being printed.
    pub printing: ReadSignal<bool>,
    /// The window is narrow.
    pub narrow: ReadSignal<bool>,
}

/// What the details table is sorted by; a part of the location. Cheap to copy.
#[derive(Clone, Copy)]
pub struct TableSort(RwSignal<Location>);

impl TableSort {
    /// By what, and whether smallest first.
    pub fn get(self) -> (SortColumn, bool) {
        self.0.with(|location| (location.sort, location.ascending))
    }

    /// The same, without hearing of changes.
    pub fn get_untracked(self) -> (SortColumn, bool) {
        self.0.with_untracked(|location| (location.sort, location.ascending))
    }

    /// Sorts by something else.
    pub fn set(self, (sort, ascending): (SortColumn, bool)) {
        change(self.0, |location| {
            location.sort = sort;
            location.ascending = ascending;
        });
    }
}

/// Goes elsewhere: one entry in the browser's history, unless nothing changes.
fn change(location: RwSignal<Location>, change: impl FnOnce(&mut Location)) {
    let mut there = location.get_untracked();
    change(&mut there);
    if location.get_untracked() != there {
        let hash = there.to_hash();
        location.set(there);
        dom::set_hash(&hash);
    }
}

impl Ui {
    /// Starts the workers and takes the location from the URL.
    pub fn start() -> Self {
        let preferences = Preferences::remembered();
        let system_dark = dom::media("(prefers-color-scheme: dark)");
        let (here, understood) = Location::from_hash(&dom::hash());
        let location = RwSignal::new(here);
        let odd_link = OddLink(RwSignal::new(!understood));
        provide_context(odd_link);
        let ui = Self {
            client: Client::start(),
            location,
            panel: RwSignal::new(None),
            table_sort: TableSort(location),
            unopened: RwSignal::new(Vec::new()),
            removed: RwSignal::new(None),
            tally: RwSignal::new(None),
            preferences,
            dark: Signal::derive(move || match preferences.theme() {
                Theme::System => system_dark.get(),
                theme => theme == Theme::Dark,
            }),
            printing: dom::media("print"),
            narrow: dom::media("(max-width: 50rem)"),
        };
        dom::on_hash_change(move || {
            let (there, understood) = Location::from_hash(&dom::hash());
            odd_link.0.set(!understood);
            if ui.location.get_untracked() != there {
                ui.panel.set(None);
                ui.location.set(there);
            }
        });
        provide_context(ui);
        message_bar::watch_drops(ui);
        shortcuts::listen(ui);
        ui
    }

    /// The shared state, from anywhere below [`App`](super::app::App).
    pub fn get() -> Self {
        expect_context()
    }

    /// The page, now and later.
    pub fn page(self) -> Memo<Page> {
        Memo::new(move |_| self.location.with(|location| location.page))
    }

    /// Whether the details table is what the address asks for, now.
    pub fn is_at_table(self) -> bool {
        self.location
            .with_untracked(|there| there.page == Page::Report && there.query.view == View::DetailsTable)
    }

    /// The query, now and later.
    pub fn query(self) -> Memo<Query> {
        Memo::new(move |_| self.location.with(|location| location.query.clone()))
    }

    /// The address of a page that keeps the query: for links.
    pub fn href(self, page: Page) -> String {
        self.location.with(|location| Location { page, ..location.clone() }.to_hash())
    }

    /// Goes to a page.
    pub fn go(self, page: Page) {
        self.change(|location| location.page = page);
    }

    /// Asks the report something else.
    pub fn ask(self, change: impl FnOnce(&mut Query)) {
        self.change(|location| change(&mut location.query));
    }

    /// Goes elsewhere in more than one respect, as one entry in the browser's history.
    pub fn change(self, elsewhere: impl FnOnce(&mut Location)) {
        change(self.location, elsewhere);
    }

    /// A part of the current report; its default before there is one. Changes only when the part does.
    pub fn part<T>(self, part: impl Fn(&Overview) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        let snapshot = self.client.snapshot;
        Memo::new(move |_| {
            snapshot.with(|snapshot| snapshot.as_ref().map(|s| part(&s.overview))).unwrap_or_default()
        })
    }

    /// A part of the current report as it is now; its default before there is one.
    pub fn part_now<T: Default>(self, part: impl Fn(&Overview) -> T) -> T {
        self.client
            .snapshot
            .with_untracked(|snapshot| snapshot.as_ref().map(|s| part(&s.overview)))
            .unwrap_or_default()
    }

    /// Which formats the figures come from.
    pub fn evidence(self) -> Memo<Evidence> {
        let snapshot = self.client.snapshot;
        Memo::new(move |_| {
            snapshot.with(|snapshot| snapshot.as_ref().map(|s| s.evidence.clone())).unwrap_or_default()
        })
    }

    /// Whether there is anything to report on.
    pub fn has_data(self) -> Memo<bool> {
        self.part(|overview| overview.loaded.rows > 0)
    }

    /// Takes a file out; it may come back by [`undo`](Self::undo).
    pub fn remove(self, source: SourceId, name: String) {
        self.client.remove(source);
        self.removed.set(Some(Removed::File(name)));
    }

    /// Takes all files out; they may come back by [`undo`](Self::undo).
    pub fn start_over(self) {
        let any = self
            .client
            .snapshot
            .with_untracked(|snapshot| snapshot.as_ref().is_some_and(|s| !s.sources.is_empty()));
        let before = self.location.get_untracked();
        self.client.start_over();
        self.removed.set(any.then(|| Removed::All(Box::new(before))));
        self.change(|location| *location = Location::default());
    }

    /// Whether anything may be taken back.
    pub fn can_undo(self) -> bool {
        self.removed.with_untracked(Option::is_some)
    }

    /// Brings back what was removed last.
    pub fn undo(self) {
        if let Some(removed) = self.removed.try_update(Option::take).flatten() {
            self.client.restore();
            if let Removed::All(before) = removed {
                self.change(|location| *location = *before);
            }
            dom::focus_id("main");
        }
    }

    /// Forgets what the browser remembers for this page.
    pub fn forget_preferences(self) {
        self.preferences.forget();
        self.client.forget_mappings();
    }

    /// Reads these files beside what is loaded.
    pub fn load(self, files: Vec<(String, web_sys::File)>) {
        if !files.is_empty() {
            self.client.load(files.into_iter().map(|(path, file)| InputFile { path, file }).collect());
        }
    }
}
