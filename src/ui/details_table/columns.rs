//! Which columns the table shows, and the choice of them.

use super::Table;
use crate::model::TlsVersion;
use crate::platform::storage;
use crate::report::{Column, Columns, Pivot, SortColumn};
use crate::ui::format;
use crate::ui::i18n::t;
use crate::ui::icons::{Icon, icon};
use leptos::prelude::*;
use std::fmt::Write as _;

/// What the browser remembers the choice under.
const KEY: &str = "smtp-auth-report.columns";

/// A column on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Whose row it is.
    Sender,
    /// A column of its own.
    Plain(Column),
    /// One of the columns of [`Column::Tls`].
    Version(TlsVersion),
}

impl Shown {
    /// What its heading sorts by.
    pub const fn sort(self) -> SortColumn {
        match self {
            Self::Sender => SortColumn::Sender,
            Self::Plain(Column::Messages) => SortColumn::Messages,
            Self::Plain(column) => SortColumn::Column(column),
            Self::Version(version) => SortColumn::Tls(version),
        }
    }

    /// The heading.
    pub fn title(self) -> String {
        match self {
            Self::Sender => t("sender-address"),
            Self::Plain(column) => title(column),
            Self::Version(version) => format::tls(version),
        }
    }

    /// Whether it holds numbers.
    pub const fn is_number(self) -> bool {
        !matches!(self, Self::Sender | Self::Plain(Column::Users | Column::Authentication))
    }

    /// Its least width and how much it may grow to, in rem. The sender's takes what is left.
    const fn widths(self) -> (f64, f64) {
        match self {
            Self::Sender => (0.0, 0.0),
            Self::Plain(Column::Users) => (10.0, 16.0),
            Self::Plain(Column::Authentication) => (8.75, 12.0),
            Self::Plain(Column::Clients) => (6.0, 8.0),
            Self::Plain(Column::Messages) => (7.5, 11.0),
            Self::Plain(Column::FailedSignIns) => (8.5, 10.0),
            Self::Plain(_) => (7.5, 9.0),
            Self::Version(_) => (6.25, 10.0),
        }
    }
}

/// The name of a column.
pub fn title(column: Column) -> String {
    match column {
        Column::Users => t("users"),
        Column::Authentication => t("mechanisms"),
        Column::Clients => t("clients"),
        Column::Tls => t("tls-versions"),
        Column::Messages => t("message-count"),
        Column::Recipients => t("recipients"),
        Column::Sessions => t("sessions"),
        Column::FailedSignIns => t("failed-sign-ins"),
        Column::FirstSeen => t("first-seen"),
        Column::LastSeen => t("last-seen"),
    }
}

/// The columns that can be chosen: TLS versions are what makes *TLS Usage* different, so they stand only there.
fn on_offer(pivot: Pivot) -> impl Iterator<Item = Column> {
    Column::ALL.into_iter().filter(move |&column| column != Column::Tls || pivot == Pivot::TlsUsage)
}

/// The chosen columns in order, the sender first.
pub fn shown(choice: Columns, pivot: Pivot, versions: &[TlsVersion]) -> Vec<Shown> {
    let mut shown = vec![Shown::Sender];
    for column in on_offer(pivot).filter(|&column| choice.has(column)) {
        if column == Column::Tls {
            shown.extend(versions.iter().map(|&version| Shown::Version(version)));
        } else {
            shown.push(Shown::Plain(column));
        }
    }
    shown
}

/// TLS 1.0 to 1.3, and whatever else was seen.
pub fn versions(present: &[u64]) -> Vec<TlsVersion> {
    const ALWAYS: [TlsVersion; 4] =
        [TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12, TlsVersion::Tls13];
    TlsVersion::ALL
        .into_iter()
        .filter(|&v| ALWAYS.contains(&v) || present.get(v as usize).is_some_and(|&count| count > 0))
        .collect()
}

/// The columns of the grid, as `grid-template-columns` has them.
pub fn template(shown: &[Shown]) -> String {
    let mut template = "minmax(var(--sender-width), 1fr)".to_owned();
    for (least, most) in shown.iter().skip(1).map(|column| column.widths()) {
        // Writing to a String cannot fail.
        let _ = write!(template, " minmax({least}rem, {most}rem)");
    }
    template
}

/// The least width of the grid; below it, it scrolls.
pub fn least_width(shown: &[Shown]) -> String {
    let others: f64 = shown.iter().map(|column| column.widths().0).sum();
    format!("calc(var(--sender-width) + {others}rem)")
}

/// The choice that the browser remembers.
pub fn remembered() -> Columns {
    storage::get(KEY).map_or_else(Columns::default, |text| Columns::from_text(&text))
}

/// The button *Columns* and what it opens.
#[component]
pub fn ColumnChooser(table: Table) -> impl IntoView {
    let choose = move |choice: Columns| {
        table.choice.set(choice);
        storage::set(KEY, &choice.to_text());
        // Nobody could see what the rows are sorted by.
        let is_hidden = match table.ui.table_sort.get_untracked().0 {
            SortColumn::Sender => false,
            SortColumn::Messages => !choice.has(Column::Messages),
            SortColumn::Tls(_) | SortColumn::OldTls => !choice.has(Column::Tls),
            SortColumn::Column(column) => !choice.has(column),
        };
        if is_hidden {
            let sort = if choice.has(Column::Messages) {
                (SortColumn::Messages, false)
            } else {
                (SortColumn::Sender, true)
            };
            table.ui.table_sort.set(sort);
        }
    };
    let query = table.ui.query();
    let boxes = move || {
        on_offer(query.with(|query| query.pivot))
            .map(|column| {
                let is_on = move || table.choice.with(|choice| choice.has(column));
                let toggle = move |_| {
                    let now = table.choice.get_untracked();
                    choose(if now.has(column) { now.without(column) } else { now.with(column) });
                };
                view! {
                    <li>
                        <label class="column-choice">
                            <input type="checkbox" prop:checked=is_on on:change=toggle/>
                            <span>{title(column)}</span>
                        </label>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <button type="button" class="button columns-button" popovertarget="table-columns">
            {icon(Icon::Table)} <span>{t("columns-choose")}</span>
        </button>
        <div id="table-columns" class="columns-popover" popover="auto" role="group" aria-label=t("columns-choose")>
            <p class="hint">{t("columns-always")}</p>
            <ul>{boxes}</ul>
            <button type="button" class="button small" on:click=move |_| choose(Columns::default())>
                {t("columns-reset")}
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_columns_are_microsofts_and_the_authentication() {
        let versions = [TlsVersion::NoTls, TlsVersion::Tls12];
        let usual = |pivot| shown(Columns::default(), pivot, &versions);
        let plain = Shown::Plain;
        assert_eq!(
            usual(Pivot::SendingVolume),
            [Shown::Sender, plain(Column::Authentication), plain(Column::Messages)]
        );
        assert_eq!(
            usual(Pivot::TlsUsage),
            [
                Shown::Sender,
                plain(Column::Authentication),
                Shown::Version(TlsVersion::NoTls),
                Shown::Version(TlsVersion::Tls12),
                plain(Column::Messages)
            ]
        );
        assert_eq!(shown(Columns::NONE, Pivot::TlsUsage, &versions), [Shown::Sender]);
    }

    #[test]
    fn every_column_has_a_width_of_its_own() {
        let shown = [Shown::Sender, Shown::Version(TlsVersion::Tls10), Shown::Plain(Column::Clients)];
        assert_eq!(
            template(&shown),
            "minmax(var(--sender-width), 1fr) minmax(6.25rem, 10rem) minmax(6rem, 8rem)"
        );
        assert_eq!(least_width(&shown), "calc(var(--sender-width) + 12.25rem)");
    }
}
