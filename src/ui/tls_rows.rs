//! TLS versions with a count and a share each: in the flyouts and under the chart.

use super::chart_legend::tls_swatch;
use super::format;
use super::i18n::t;
use super::icons::{Icon, icon};
use crate::model::TlsVersion;
use crate::report::TlsBreakdown;
use leptos::prelude::*;

/// The versions that are always listed, present or not.
const ALWAYS: [TlsVersion; 5] =
    [TlsVersion::NoTls, TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12, TlsVersion::Tls13];

/// The versions to list: the usual five, and any other that was seen.
pub fn listed(tls: &TlsBreakdown) -> Vec<TlsVersion> {
    TlsVersion::ALL.into_iter().filter(|v| ALWAYS.contains(v) || tls.get(*v) > 0).collect()
}

/// The name of a version, with its colour and pattern and, where an old one was used, a warning sign.
pub fn version_name(version: TlsVersion, warn: bool) -> impl IntoView {
    view! {
        <span class="tls-name">
            {tls_swatch(version)}
            <span>{format::tls(version)}</span>
            {warn.then(|| view! { <span class="tls-old">{icon(Icon::Warning)}</span> })}
        </span>
    }
}

/// The class that carries a version's colour; the same as in the charts.
pub const fn class(version: TlsVersion) -> &'static str {
    match version {
        TlsVersion::NoTls => "tls-none",
        TlsVersion::Ssl2 => "tls-ssl2",
        TlsVersion::Ssl3 => "tls-ssl3",
        TlsVersion::Tls10 => "tls-10",
        TlsVersion::Tls11 => "tls-11",
        TlsVersion::Tls12 => "tls-12",
        TlsVersion::Tls13 => "tls-13",
        TlsVersion::Unknown => "tls-unknown",
    }
}

/// A table of versions.
#[component]
pub fn TlsRows(
    /// The numbers.
    tls: TlsBreakdown,
    /// What is counted: the heading of the number column.
    counted: String,
    /// The log does not tell the numbers.
    #[prop(optional)]
    unknown: bool,
) -> impl IntoView {
    let total = tls.total();
    view! {
        <table class="numbers tls-rows">
            <thead>
                <tr>
                    <th scope="col">{t("tls-version")}</th>
                    <th scope="col" class="number">{counted}</th>
                    <th scope="col" class="number">{t("share")}</th>
                </tr>
            </thead>
            <tbody>
                {listed(&tls)
                    .into_iter()
                    .map(|version| {
                        let count = tls.get(version);
                        let old = version.is_below_1_2() && count > 0;
                        let (number, share) = if unknown {
                            (t("unknown"), t("not-seen"))
                        } else {
                            (format::number(count), format::percent(count, total))
                        };
                        view! {
                            <tr class:old=old>
                                <th scope="row">{version_name(version, old)}</th>
                                <td class="number">{number}</td>
                                <td class="number">{share}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}
