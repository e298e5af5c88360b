use leptos::prelude::*;

/// What is wrong with a field, which refers to it by `id`.
#[component]
pub(crate) fn ErrorText(id: &'static str, text: String) -> impl IntoView {
    let hidden = text.is_empty();
    view! { <p class="jw-error" part="error" id=id hidden=hidden>{text}</p> }
}
