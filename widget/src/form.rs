use leptos::prelude::*;

use crate::{
    boxes::Boxes,
    done::AfterDone,
    fixed::Fixed,
    number::Number,
    state::{Field, Stage},
    summary::Summary,
};

/// What moves on a form.
#[derive(Clone, Default)]
pub(crate) struct Shown {
    pub stage: Stage,
    /// Progress, or what went wrong after success; read out as it changes.
    pub status: String,
}

/// The whole form, and what replaces it after success.
///
/// The form only hides then: number and boxes stay as the person left them, and "send again" submits
/// it once more, with or without script.
#[component]
pub(crate) fn Form(shown: Shown, fixed: Fixed) -> impl IntoView {
    let Shown { stage, status } = shown;
    let problem = |field| stage.problem(field).unwrap_or_default().to_owned();
    let (number, purposes, age) = (problem(Field::Number), problem(Field::Purposes), problem(Field::Age));
    let (problems, done) = match stage {
        Stage::Asking(problems) => (problems, None),
        Stage::Done(done) => (Vec::new(), Some(done)),
    };
    view! {
        <form
            id="jw-form" class="jw-form" part="form" method="post" action=fixed.action novalidate
            hidden=done.is_some()
        >
            <div class="jw-disclosure" part="disclosure" inner_html=fixed.disclosure></div>
            <Summary problems heading=fixed.summary/>
            <Number label=fixed.number_label value=fixed.number problem=number/>
            <Boxes purposes=fixed.purposes purposes_problem=purposes age=fixed.age age_problem=age/>
            <div class="jw-rest" inner_html=fixed.rest></div>
        </form>
        <AfterDone
            done heading=fixed.done rest=fixed.done_rest change=fixed.change again=fixed.again asked=fixed.asked
        />
        <p class="jw-status" part="status" role="status">{status}</p>
    }
}
