use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Promise, WeakSet};
use leptos::{
    prelude::*,
    tachys::{hydration::Cursor, view::PositionState},
};
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement};

use super::{
    challenge,
    js::{self, Host, Json},
    send,
};
use crate::{
    fixed::Fixed,
    form::{Form, Shown},
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
    draw: RefCell<Draw>,
    /// The solution of a challenge that was not used yet.
    solution: RefCell<Option<Promise>>,
    busy: Cell<bool>,
}

type Draw = Box<dyn FnMut(Shown)>;

/// Takes over the HTML in `root`, which shows `shown`, and gives what shows something else there.
///
/// One state and one view of it. With signals and effects, and listeners in the view, the same form
/// was 54 KB of wasm instead of 35; and it changes as a whole or not at all.
fn hydrate(root: &HtmlElement, shown: Shown) -> Draw {
    let view = |shown| view! { <Form shown fixed=Fixed::default()/> };
    let root = Cursor::new(root.clone().unchecked_into());
    let mut drawn = view(shown).hydrate::<true>(&root, &PositionState::default());
    Box::new(move |shown| view(shown).rebuild(&mut drawn))
}

impl App {
    /// Brings the form in `root` to life.
    pub fn start(host: Host, root: HtmlElement, data: Json, ticked: WeakSet) -> Rc<Self> {
        let shown = Shown { stage: js::stage(&data.get("stage")), status: String::new() };
        let app = Rc::new(Self {
            draw: RefCell::new(hydrate(&root, shown.clone())),
            host,
            root,
            data,
            ticked,
            shown: RefCell::new(shown),
            solution: RefCell::default(),
            busy: Cell::default(),
        });
        listen(&app);
        app
    }

    fn draw(&self, change: impl FnOnce(&mut Shown)) {
        change(&mut self.shown.borrow_mut());
        let shown = self.shown.borrow().clone();
        (self.draw.borrow_mut())(shown);
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
fn listen(app: &Rc<App>) {
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
            "focusin" if target(event).is_some_and(|it| it.id() == "jw-number") => drop(self.solution()),
            "click" => self.click(event),
            _ => {}
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
        let Some(link) = target(event).and_then(|it| it.closest("a").ok().flatten()) else { return };
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

fn target(event: &Event) -> Option<Element> {
    event.target().map(JsCast::unchecked_into)
}
