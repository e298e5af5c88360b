use leptos::prelude::*;

/// What happens next, and what to do if it doesn't.
#[component]
pub(crate) fn Done(next: Option<String>, heading: String, rest: String) -> impl IntoView {
    let hidden = next.is_none();
    view! {
        <div class="jw-done" part="done" hidden=hidden>
            <div inner_html=heading></div>
            <p class="jw-next">{next.unwrap_or_default()}</p>
            <div inner_html=rest></div>
        </div>
    }
}
