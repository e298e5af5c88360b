use leptos::prelude::*;

use crate::error::ErrorText;

/// A box for each purpose, and one for the age where there are several; each refers to what is wrong
/// with its kind.
#[component]
pub(crate) fn Boxes(purposes: String, purposes_problem: String, age: String, age_problem: String) -> impl IntoView {
    view! {
        <div class="jw-boxes" part="boxes">
            <ErrorText id="jw-purposes-error" text=purposes_problem/>
            <div inner_html=purposes></div>
            <ErrorText id="jw-age-error" text=age_problem/>
            <div inner_html=age></div>
        </div>
    }
}
