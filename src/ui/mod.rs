//! The page: what is loaded and a [`Location`](crate::report::Location) in, elements out.
//!
//! What is on screen is a function of the snapshot the engine sent and of the location in the URL; the rest
//! is local to the component that owns it (a half-typed date) or, where a change of language must not lose it, in
//! [`kept`].

// Components own what they are given: their views outlive the call.
// `Ui` is a handful of handles, and cheap to copy all the same.
#![allow(clippy::needless_pass_by_value, clippy::large_types_passed_by_value)]

mod app;
mod chart;
mod chart_legend;
mod chart_save;
mod chart_zoom;
mod clause_value;
mod clauses;
mod command_bar;
mod dashboard;
mod details_table;
mod dialog;
mod failures_flyout;
mod filter_chips;
mod filter_words;
mod filters;
mod format;
mod i18n;
mod icons;
mod inputs;
mod kept;
mod landing;
mod link_notice;
mod log_help;
mod log_text;
mod mapping;
mod message_bar;
mod notices;
mod preferences;
mod problems;
mod progress;
mod range_picker;
mod refusals;
mod report;
mod request_report;
mod saved_filters;
mod sender_flyout;
mod settings;
mod shell;
mod shortcuts;
mod sources;
mod sparkline;
mod start_over;
mod state;
mod tls_rows;
mod tls_usage;
mod undo;
mod unfolds;
mod volume;
mod week_flyout;

/// Puts the page into the document's body and starts its workers.
pub fn mount() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
