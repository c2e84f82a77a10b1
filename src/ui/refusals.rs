//! Why servers refused sign-ins and mail, in words, and what to do.

use super::format;
use super::i18n::{t, t_if_any};
use crate::model::Refusal;
use leptos::prelude::*;

/// Each reason with its remedy; nothing if there is none.
#[component]
pub fn RefusalsTable(
    /// How often for each reason.
    refusals: Vec<(Refusal, u64)>,
    /// What is counted.
    counted: String,
) -> impl IntoView {
    (!refusals.is_empty()).then(|| {
        let rows = refusals
            .into_iter()
            .map(|(refusal, n)| {
                let code = refusal.code();
                view! {
                    <tr>
                        <td>
                            {t(&format!("refusal-{code}"))} <br/>
                            <small class="hint">{t(&format!("refusal-{code}-remedy"))}</small>
                            {t_if_any(&format!("refusal-{code}-command"))
                                .map(|command| view! { <code class="command">{command}</code> })}
                        </td>
                        <td class="number">{format::number(n)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <table class="numbers">
                <thead>
                    <tr>
                        <th scope="col">{t("why")}</th>
                        <th scope="col" class="number">{counted}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}
