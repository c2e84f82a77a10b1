//! Which logs there are, what each tells, where it lies and how to get it.

use super::i18n::t;
use super::icons::{Icon, icon};
use crate::ingest::Format;
use crate::platform::dom;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// A path or a command to copy, with the message that says what it is.
type Copyable = (&'static str, &'static str);

/// A kind of log. Its messages are `log-<key>` (title), `-text` and `-hint`.
struct Log {
    key: &'static str,
    commands: &'static [Copyable],
}

const EXCHANGE: [Log; 3] = [
    Log {
        key: "receive",
        commands: &[
            (
                "log-receive-front-end",
                r"%ExchangeInstallPath%TransportRoles\Logs\FrontEnd\ProtocolLog\SmtpReceive",
            ),
            ("log-receive-hub", r"%ExchangeInstallPath%TransportRoles\Logs\Hub\ProtocolLog\SmtpReceive"),
            ("log-receive-edge", r"%ExchangeInstallPath%TransportRoles\Logs\Edge\ProtocolLog\SmtpReceive"),
        ],
    },
    Log {
        key: "switch-on",
        commands: &[
            ("log-switch-on-list", "Get-ReceiveConnector | Format-Table Identity, ProtocolLoggingLevel"),
            (
                "log-switch-on-set",
                r#"Set-ReceiveConnector "EX01\Client Frontend EX01" -ProtocolLoggingLevel Verbose"#,
            ),
        ],
    },
    Log {
        key: "tracking",
        commands: &[
            ("log-tracking-folder", r"%ExchangeInstallPath%TransportRoles\Logs\MessageTracking"),
            (
                "log-tracking-export",
                "Get-MessageTrackingLog -ResultSize Unlimited -EventId RECEIVE -Source SMTP | Export-Csv tracking.csv -NoTypeInformation -Encoding UTF8",
            ),
        ],
    },
];

const MICROSOFT_365: [Log; 3] = [
    Log { key: "report", commands: &[] },
    Log {
        key: "entra",
        commands: &[(
            "log-entra-query",
            r#"union SigninLogs, AADNonInteractiveUserSignInLogs | where ClientAppUsed in ("Authenticated SMTP", "SMTP")"#,
        )],
    },
    Log {
        key: "trace",
        commands: &[
            (
                "log-trace-cmdlet",
                "Get-MessageTraceV2 -StartDate (Get-Date).AddDays(-10) -EndDate (Get-Date) -ResultSize 5000 | Export-Csv trace.csv -NoTypeInformation -Encoding UTF8",
            ),
            (
                "log-trace-historical",
                "Start-HistoricalSearch -ReportTitle SMTP -ReportType MessageTrace -StartDate 11/1/2026 -EndDate 11/8/2026 -SenderAddress scanner@contoso.com",
            ),
        ],
    },
];

const OTHERS: [Log; 2] = [
    Log {
        key: "activity",
        commands: &[(
            "log-activity-columns",
            "date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins",
        )],
    },
    Log { key: "other", commands: &[] },
];

/// What a log may tell, in the order of the columns of *What each file tells*.
const QUESTIONS: [&str; 7] = [
    "tells-user",
    "tells-messages",
    "tells-tls",
    "tells-mechanism",
    "tells-client",
    "tells-failures",
    "tells-days",
];

/// Whether a log answers a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tells {
    Yes,
    Partly,
    No,
}

/// What a format tells, by [`QUESTIONS`].
const fn tells(format: Format) -> [Tells; QUESTIONS.len()] {
    use Tells::{No, Partly, Yes};
    match format {
        Format::ExchangeReceive | Format::ActivityCsv => [Yes; QUESTIONS.len()],
        Format::MicrosoftReport => [No, Yes, Yes, Yes, No, No, No],
        Format::MessageTrace => [No, Partly, Partly, No, Partly, No, Yes],
        Format::MessageTracking => [No, Yes, No, No, Yes, No, Yes],
        Format::EntraSignIns => [Yes, No, No, Yes, Yes, Yes, Yes],
        Format::OtherCsv => [Partly; QUESTIONS.len()],
    }
}

/// What the formats tell, and what none of them can.
const FORMATS: [(Format, &str); 6] = [
    (Format::ExchangeReceive, "log-receive"),
    (Format::MessageTracking, "log-tracking"),
    (Format::MicrosoftReport, "log-report"),
    (Format::EntraSignIns, "log-entra"),
    (Format::MessageTrace, "log-trace"),
    (Format::ActivityCsv, "log-activity"),
];

/// The questions that a format leaves open, as the names of the columns; empty if it answers all.
pub fn leaves_open(format: Format) -> String {
    let open = QUESTIONS.into_iter().zip(tells(format)).filter(|(_, tells)| *tells == Tells::No);
    open.map(|(question, _)| t(question)).collect::<Vec<_>>().join(&t("list-separator"))
}

/// The message that says by what a file of this format was recognised.
pub const fn known_by(format: Format) -> &'static str {
    match format {
        Format::ExchangeReceive => "known-by-log-type",
        Format::MessageTracking => "known-by-fields",
        Format::ActivityCsv | Format::OtherCsv => "known-by-names-of-report",
        Format::MicrosoftReport => "known-by-tls-columns",
        Format::MessageTrace => "known-by-trace-columns",
        Format::EntraSignIns => "known-by-client-app",
    }
}

/// All kinds of logs, with what each tells.
#[component]
pub fn LogHelp() -> impl IntoView {
    view! {
        <h2>{t("landing-which")}</h2>
        <TellsTable/>
        <h3 class="landing-group">{t("landing-exchange-server")}</h3>
        <Cards logs=&EXCHANGE/>
        <h3 class="landing-group">{t("landing-microsoft-365")}</h3>
        <Cards logs=&MICROSOFT_365/>
        <h3 class="landing-group">{t("landing-others")}</h3>
        <Cards logs=&OTHERS/>
    }
}

#[component]
fn Cards(logs: &'static [Log]) -> impl IntoView {
    let cards = logs
        .iter()
        .map(|Log { key, commands }| {
            view! {
                <section class="card padded">
                    <h4>{t(&format!("log-{key}"))}</h4>
                    <p>{t(&format!("log-{key}-text"))}</p>
                    {commands.iter().map(|&(label, text)| view! { <Command label=label text=text/> }).collect_view()}
                    <p class="hint">{t(&format!("log-{key}-hint"))}</p>
                </section>
            }
        })
        .collect_view();
    view! { <div class="landing-grid">{cards}</div> }
}

/// Which file answers which question.
#[component]
fn TellsTable() -> impl IntoView {
    let rows = FORMATS
        .into_iter()
        .map(|(format, name)| {
            let cells = tells(format)
                .into_iter()
                .map(|tells| {
                    let (key, sign) = match tells {
                        Tells::Yes => ("tells-yes", "✔"),
                        Tells::Partly => ("tells-partly", "◐"),
                        Tells::No => ("tells-no", "–"),
                    };
                    view! {
                        <td>
                            <span aria-hidden="true">{sign}</span>
                            <span class="visually-hidden">{t(key)}</span>
                        </td>
                    }
                })
                .collect_view();
            view! { <tr><th scope="row">{t(name)}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="numbers-scroll" tabindex="0" role="region" aria-label=t("tells-title")>
            <table class="numbers tells">
                <caption>{t("tells-title")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("file")}</th>
                        {QUESTIONS.map(|question| view! { <th scope="col">{t(question)}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// A path or list that may break behind its separators, and nowhere else.
fn breakable(text: &'static str) -> impl IntoView {
    text.split_inclusive(['\\', ',', '/']).map(|part| view! { {part} <wbr/> }).collect_view()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_log_has_its_texts() {
        for Log { key, commands } in EXCHANGE.iter().chain(&MICROSOFT_365).chain(&OTHERS) {
            let texts = ["", "-text", "-hint"].map(|part| format!("log-{key}{part}"));
            let labels = commands.iter().map(|(label, _)| (*label).to_owned());
            for key in texts.into_iter().chain(labels) {
                assert_ne!(t(&key), key, "no message");
            }
        }
    }
}
