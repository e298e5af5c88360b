use leptos::prelude::*;

use crate::error::ErrorText;

/// The one field. Its hint and its error are read out with it.
#[component]
pub(crate) fn Number(label: String, value: String, problem: String) -> impl IntoView {
    let invalid = (!problem.is_empty()).then_some("true");
    view! {
        <div class="jw-field" part="field">
            <div inner_html=label></div>
            <ErrorText id="jw-number-error" text=problem/>
            <input
                type="tel" id="jw-number" name="number" class="jw-number" part="input"
                autocomplete="tel" inputmode="tel" value=value
                aria-describedby="jw-number-hint jw-number-error" aria-invalid=invalid
            />
        </div>
    }
}
