use leptos::prelude::*;

use crate::error::ErrorText;

/// Boxes, which refer to what is wrong with them by `id`.
#[component]
pub(crate) fn Boxes(id: &'static str, boxes: String, problem: String) -> impl IntoView {
    view! {
        <div class="jw-boxes" part="boxes">
            <ErrorText id text=problem/>
            <div inner_html=boxes></div>
        </div>
    }
}
