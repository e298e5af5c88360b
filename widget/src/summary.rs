use leptos::prelude::*;

use crate::state::Problem;

/// All that is wrong, in one place that takes the focus; each line leads to its field.
#[component]
pub(crate) fn Summary(problems: Vec<Problem>, heading: String) -> impl IntoView {
    let hidden = problems.is_empty();
    let lines = problems
        .into_iter()
        .map(|problem| view! { <li><a href=problem.field.anchor()>{problem.text}</a></li> })
        .collect::<Vec<_>>();
    view! {
        <div class="jw-summary" part="summary" role="alert" tabindex="-1" hidden=hidden autofocus=!hidden>
            <div inner_html=heading></div>
            <ul>{lines}</ul>
        </div>
    }
}
