use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Promise, WeakSet};
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement};

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
pub struct App {
    pub host: Host,
    pub root: HtmlElement,
    pub data: Json,
    /// The boxes that the person ticked.
    pub ticked: WeakSet,
    shown: RefCell<Shown>,
    draw: RefCell<Option<Box<dyn FnMut(Shown)>>>,
    /// The solution of a challenge that was not used yet.
    solution: RefCell<Option<Promise>>,
    busy: Cell<bool>,
}

impl App {
    pub fn new(host: Host, root: HtmlElement, data: Json, ticked: WeakSet, shown: Shown) -> Self {
        Self {
            host,
            root,
            data,
            ticked,
            shown: RefCell::new(shown),
            draw: RefCell::default(),
            solution: RefCell::default(),
            busy: Cell::default(),
        }
    }

    pub fn draw_with(&self, draw: impl FnMut(Shown) + 'static) {
        self.draw.replace(Some(Box::new(draw)));
    }

    fn draw(&self, change: impl FnOnce(&mut Shown)) {
        change(&mut self.shown.borrow_mut());
        if let Some(draw) = &mut *self.draw.borrow_mut() {
            draw(self.shown.borrow().clone());
        }
    }

    /// Shows a stage, and brings the focus to the element that says what is new.
    pub fn show(&self, stage: Stage) {
        let news = match &stage {
            Stage::Done(_) => "#jw-done-title",
            Stage::Asking(problems) if problems.is_empty() => "#jw-number",
            Stage::Asking(_) => ".jw-summary",
        };
        self.draw(|shown| *shown = Shown { stage, status: String::new() });
        self.focus(news);
    }

    /// Says something without moving the focus.
    pub fn say(&self, status: String) {
        self.draw(|shown| shown.status = status);
    }

    /// Says that something failed: in the summary, or after success, which stays, beside it.
    pub fn fail(&self, text: String) {
        let done = matches!(self.shown.borrow().stage, Stage::Done(_));
        if done {
            self.say(text);
        } else {
            self.show(Stage::Asking(vec![Problem { field: Field::Form, text }]));
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

/// Listens to what the person does, at the root: all of it bubbles, and the view stays a function of
/// the state.
pub(super) fn listen(app: &Rc<App>) {
    let listener = Closure::<dyn Fn(Event)>::new({
        let app = app.clone();
        move |event: Event| app.clone().hear(&event)
    })
    .into_js_value();
    for kind in ["submit", "focusin", "click"] {
        // It fails for no kind of event.
        let _ = app.root.add_event_listener_with_callback(kind, listener.unchecked_ref());
    }
}

impl App {
    fn hear(self: Rc<Self>, event: &Event) {
        match event.type_().as_str() {
            "submit" => {
                event.prevent_default();
                self.submit();
            }
            // The person's first act: nothing is asked of the edge before.
            "focusin" => drop(self.solution()),
            _ => self.click(event),
        }
    }

    fn submit(self: Rc<Self>) {
        if !self.busy.replace(true) {
            spawn_local(async move {
                send::send(&self).await;
                self.busy.set(false);
            });
        }
    }

    fn click(&self, event: &Event) {
        let target = event.target().map(JsCast::unchecked_into::<Element>);
        let Some(link) = target.and_then(|it| it.closest("a").ok().flatten()) else { return };
        if link.matches(".jw-change").unwrap_or_default() {
            event.prevent_default();
            // Back to the form, where all is as it was left.
            self.show(Stage::default());
        } else if let Some(field) = link.get_attribute("href").filter(|href| href.starts_with('#')) {
            // In a shadow root browsers find no fragment by themselves.
            event.prevent_default();
            self.focus(&field);
        }
    }

    fn focus(&self, selector: &str) {
        if let Some(element) = js::query(&self.root, selector) {
            // It fails only where the element is gone.
            let _ = element.focus();
        }
    }
}
