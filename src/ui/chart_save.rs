//! *Save chart*: as a picture or a drawing, with its title, days and legend.

use super::i18n::t;
use super::icons::{Icon, icon};
use super::log_text::LogText;
use super::message_bar::{Intent, MessageBar};
use super::state::Ui;
use crate::chart::Picture;
use crate::export::file_name_as;
use crate::platform::{dom, download, picture};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A picture has so many pixels for each one of the drawing.
const SCALE: u32 = 2;
const BUTTON_ID: &str = "save-chart";

/// A button that opens the kinds of files.
#[component]
pub fn SaveChart(
    /// The message that names the chart.
    name: &'static str,
    /// Draws it as it is now.
    draw: Callback<(), Picture>,
) -> impl IntoView {
    let ui = Ui::get();
    let open = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let file = move |extension: &str| {
        file_name_as(&t(name), ui.part(|overview| overview.days).get_untracked(), extension)
    };
    let close = move || {
        open.set(false);
        dom::focus_id(BUTTON_ID);
    };
    let save_svg = move |_| {
        let saved = picture::svg(&draw.run(()).svg).and_then(|blob| download::save(&blob, &file("svg")));
        failure.set(saved.err());
        close();
    };
    let save_png = move |_| {
        let (drawn, file) = (draw.run(()), file("png"));
        spawn_local(async move {
            let saved = match picture::png(&drawn.svg, drawn.width, drawn.height, SCALE).await {
                Ok(blob) => download::save(&blob, &file),
                Err(words) => Err(words),
            };
            // The chart may be gone by now.
            failure.try_set(saved.err());
        });
        close();
    };
    view! {
        <div
            class="chart-save"
            on:focusout=move |event| {
                if dom::focus_leaves(&event) {
                    open.set(false);
                }
            }
            on:keydown=move |event| {
                if event.key() == "Escape" && open.get_untracked() {
                    event.stop_propagation();
                    close();
                }
            }
        >
            <button
                type="button"
                class="button small"
                id=BUTTON_ID
                aria-expanded=move || open.get().to_string()
                aria-controls="save-chart-kinds"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon(Icon::Download)}
                <span>{t("chart-save")}</span>
                {icon(Icon::Expand)}
            </button>
            <div class="chart-save-kinds" id="save-chart-kinds" hidden=move || !open.get()>
                <button type="button" class="command-button" on:click=save_png>{t("chart-save-png")}</button>
                <button type="button" class="command-button" on:click=save_svg>{t("chart-save-svg")}</button>
            </div>
        </div>
        <div role="alert" class="chart-save-failed">
            {move || {
                failure
                    .get()
                    .map(|words| {
                        view! {
                            <MessageBar intent=Intent::Error>
                                {t("chart-save-failed")} " " <LogText text=words/>
                            </MessageBar>
                        }
                    })
            }}
        </div>
    }
}
