use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Promise, WeakSet};
use leptos::{ev, prelude::*, task::tick};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};

use super::{
    challenge,
    js::{self, Host, Json},
    send,
};
use crate::{
    form::Shown,
    state::{Field, Problem, Stage},
};

/// A form on a page.
pub(super) struct App {
    pub host: Host,
    pub root: HtmlElement,
    pub data: Json,
    /// The boxes that the person ticked.
    pub ticked: WeakSet,
    shown: RwSignal<Shown>,
    /// The solution of a challenge that was not used yet.
    solution: RefCell<Option<Promise>>,
    busy: Cell<bool>,
}

impl App {
    pub fn new(host: Host, root: HtmlElement, data: Json, ticked: WeakSet, shown: RwSignal<Shown>) -> Self {
        Self { host, root, data, ticked, shown, solution: RefCell::default(), busy: Cell::default() }
    }

    /// Shows a stage, and brings the focus to the element that says what is new.
    pub async fn show(&self, stage: Stage) {
        let news = match &stage {
            Stage::Done(_) => "#jw-done-title",
            Stage::Asking(problems) if problems.is_empty() => "#jw-number",
            Stage::Asking(_) => ".jw-summary",
        };
        self.shown.set(Shown { stage, status: String::new() });
        tick().await;
        if let Some(element) = js::query(&self.root, news) {
            // It fails only where the element is gone.
            let _ = element.focus();
        }
    }

    /// Says something without moving the focus.
    pub fn say(&self, status: String) {
        self.shown.update(|shown| shown.status = status);
    }

    /// Says that something failed: in the summary, or after success, which stays, beside it.
    pub async fn fail(&self, text: String) {
        if self.shown.with_untracked(|shown| matches!(shown.stage, Stage::Done(_))) {
            self.say(text);
        } else {
            self.show(Stage::Asking(vec![Problem { field: Field::Form, text }])).await;
        }
    }

    /// The solution of a challenge, begun at the person's first act.
    pub fn solution(&self) -> Promise {
        self.solution.borrow_mut().get_or_insert_with(|| challenge::solve(&self.data)).clone()
    }

    /// A challenge counts once.
    pub fn forget_solution(&self) {
        self.solution.take();
    }
}

/// What the person does on the form.
#[derive(Clone, Copy)]
pub(crate) struct Actions(StoredValue<Rc<App>, LocalStorage>);

impl Actions {
    pub(super) fn new(app: App) -> Self {
        Self(StoredValue::new_local(Rc::new(app)))
    }

    /// Says that the text has changed and is to be read again.
    pub(super) fn ask_again(self) {
        spawn_local(async move {
            let app = self.0.get_value();
            app.fail(app.data.text("outdated")).await;
        });
    }

    /// Sends the form.
    pub fn submit(self, event: ev::SubmitEvent) {
        event.prevent_default();
        let app = self.0.get_value();
        if !app.busy.replace(true) {
            spawn_local(async move {
                send::send(&app).await;
                app.busy.set(false);
            });
        }
    }

    /// Begins the proof of work; nothing is asked of the edge before the person acts.
    pub fn prepare(self) {
        self.0.get_value().solution();
    }

    /// Follows a link of the summary. In a shadow root browsers find no fragment by themselves.
    pub fn follow(self, event: ev::MouseEvent) {
        let link = clicked(&event, "a").and_then(|link| link.get_attribute("href"));
        let field = link.and_then(|id| js::query(&self.0.get_value().root, &id));
        if let Some(field) = field {
            event.prevent_default();
            let _ = field.focus();
        }
    }

    /// Goes back to the form, where all is as it was left.
    pub fn change_number(self, event: ev::MouseEvent) {
        if clicked(&event, ".jw-change").is_some() {
            event.prevent_default();
            let app = self.0.get_value();
            spawn_local(async move { app.show(Stage::default()).await });
        }
    }
}

fn clicked(event: &ev::MouseEvent, selector: &str) -> Option<Element> {
    event.target()?.unchecked_into::<Element>().closest(selector).ok().flatten()
}
