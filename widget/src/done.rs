use leptos::prelude::*;

use crate::state::Done;

/// What happens next, and what to do if it doesn't.
///
/// The button keeps its name and the focus while one waits, and says to whoever presses it how long: what counts down
/// stands beside it, so that no screen reader reads out every second.
#[component]
pub(crate) fn AfterDone(
    done: Option<Done>,
    heading: String,
    rest: String,
    change: String,
    again: String,
    asked: String,
) -> impl IntoView {
    let hidden = done.is_none();
    let done = done.unwrap_or_default();
    let gone = done.is_spent();
    let Done { next, pressed, waits, note, sent, .. } = done;
    view! {
        <div class="jw-done" part="done" hidden=hidden>
            <div inner_html=heading></div>
            <p class="jw-next">{next}</p>
            <div inner_html=rest></div>
            <p class="jw-actions">
                <span inner_html=change></span>
                <button
                    class="jw-button jw-again" part="button-secondary" form="jw-form" name="again" value=asked
                    aria-disabled=waits.then_some("true") hidden=gone inner_html=again
                ></button>
            </p>
            <div class="jw-told" tabindex="-1" autofocus=pressed>
                <p class="jw-sent" part="status" role="status">{sent}</p>
                <p class="jw-note" part="hint">{note}</p>
            </div>
        </div>
    }
}
