//! Nothing is loaded: what this is, where the logs lie, how to switch them on.

use super::i18n::t;
use super::icons::{Icon, icon};
use super::inputs::{AddFolderButton, AddLogsButton};
use super::problems::ProblemList;
use super::state::Ui;
use crate::platform::dom;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

const FRONT_END_FOLDER: &str = r"%ExchangeInstallPath%TransportRoles\Logs\FrontEnd\ProtocolLog\SmtpReceive";
const HUB_FOLDER: &str = r"%ExchangeInstallPath%TransportRoles\Logs\Hub\ProtocolLog\SmtpReceive";
const EDGE_FOLDER: &str = r"%ExchangeInstallPath%TransportRoles\Logs\Edge\ProtocolLog\SmtpReceive";
const LIST_CONNECTORS: &str = "Get-ReceiveConnector | Format-Table Identity, ProtocolLoggingLevel";
const SWITCH_ON: &str = r#"Set-ReceiveConnector "EX01\Client Frontend EX01" -ProtocolLoggingLevel Verbose"#;
const ACTIVITY_COLUMNS: &str = "date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins";

/// The page before anything is loaded.
#[component]
pub fn Landing() -> impl IntoView {
    let ui = Ui::get();
    view! {
        <div class="landing">
            <h1>{t("landing-title")}</h1>
            <p class="lead">{t("landing-lead")}</p>
            <ProblemList open=true/>
            <section class="drop-zone" aria-label=t("landing-drop-label")>
                <span class="drop-zone-icon">{icon(Icon::Sources)}</span>
                <p class="drop-zone-title">{t("landing-drop")}</p>
                <p class="hint">{t("landing-drop-hint")}</p>
                <div class="button-row">
                    <AddLogsButton/>
                    <AddFolderButton/>
                    <button type="button" class="button" on:click=move |_| ui.client.load_sample()>
                        {icon(Icon::Chart)} <span>{t("try-sample")}</span>
                    </button>
                </div>
            </section>
            <h2>{t("landing-which")}</h2>
            <div class="landing-grid">
                <section class="card padded">
                    <h3>{t("landing-exchange")}</h3>
                    <p>{t("landing-exchange-text")}</p>
                    <h4>{t("landing-where")}</h4>
                    <Command label="landing-where-front-end" text=FRONT_END_FOLDER/>
                    <Command label="landing-where-hub" text=HUB_FOLDER/>
                    <Command label="landing-where-edge" text=EDGE_FOLDER/>
                    <p class="hint">{t("landing-where-hint")}</p>
                </section>
                <section class="card padded">
                    <h3>{t("landing-switch-on")}</h3>
                    <p>{t("landing-switch-on-text")}</p>
                    <Command label="landing-list-connectors" text=LIST_CONNECTORS/>
                    <Command label="landing-set-connector" text=SWITCH_ON/>
                    <p class="hint">{t("landing-switch-on-hint")}</p>
                </section>
                <section class="card padded">
                    <h3>{t("landing-activity")}</h3>
                    <p>{t("landing-activity-text")}</p>
                    <Command label="landing-activity-columns" text=ACTIVITY_COLUMNS/>
                    <p class="hint">{t("landing-activity-hint")}</p>
                </section>
            </div>
        </div>
    }
}

/// A path or list that may break behind its separators, and nowhere else.
fn breakable(text: &'static str) -> impl IntoView {
    text.split_inclusive(['\\', ',']).map(|part| view! { {part} <wbr/> }).collect_view()
}

/// A path or command with a button that copies it.
#[component]
fn Command(
    /// The message that says what it is.
    label: &'static str,
    /// What to copy.
    text: &'static str,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        spawn_local(async move {
            copied.set(dom::copy(text).await);
            set_timeout(move || copied.set(false), Duration::from_secs(3));
        });
    };
    view! {
        <p class="command-label">{t(label)}</p>
        <div class="command">
            <code>{breakable(text)}</code>
            <button type="button" class="command-copy" aria-label=format!("{}: {}", t("copy"), t(label)) title=t("copy") on:click=copy>
                {move || if copied.get() { icon(Icon::Check) } else { icon(Icon::Copy) }}
            </button>
            <span class="visually-hidden" role="status">{move || copied.get().then(|| t("copied"))}</span>
        </div>
    }
}
