use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Promise, WeakSet};
use leptos::{
    prelude::*,
    tachys::{hydration::Cursor, view::PositionState},
};
use shared::subject::Again;
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement};

use super::{
    asked::Asked,
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
    /// What was asked for last.
    pub asked: Asked,
    counting: Cell<bool>,
}

/// Milliseconds between two looks at the clock: no second is left out.
const TICK: i32 = 500;

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
        let asked = Asked::default();
        if let Stage::Done(done) = &shown.stage {
            // Answered before this script ran, so it waits no shorter than it has to.
            asked.note(String::new(), done.asked);
        }
        let app = Rc::new(Self {
            draw: RefCell::new(hydrate(&root, shown.clone())),
            host,
            root,
            data,
            ticked,
            shown: RefCell::new(shown),
            solution: RefCell::default(),
            busy: Cell::default(),
            asked,
            counting: Cell::default(),
        });
        listen(&app);
        if app.is_done() {
            app.count();
        }
        app
    }

    fn draw(&self, change: impl FnOnce(&mut Shown)) {
        change(&mut self.shown.borrow_mut());
        self.redraw();
    }

    /// By itself, since each use of `draw` is compiled anew.
    fn redraw(&self) {
        let shown = self.shown.borrow().clone();
        (self.draw.borrow_mut())(shown);
    }

    /// Shows a stage, and brings the focus to the element that says what is new. Whoever presses the button that asks
    /// again keeps it there.
    pub fn show(&self, stage: Stage) {
        let news = match &stage {
            Stage::Done(done) if done.pressed => None,
            Stage::Done(_) => Some("#jw-done-title"),
            Stage::Asking(problems) if problems.is_empty() => Some("#jw-number"),
            Stage::Asking(_) => Some(".jw-summary"),
        };
        self.draw(|shown| *shown = Shown { stage, status: String::new() });
        if let Some(news) = news {
            self.focus(news);
        }
    }

    /// Says something without moving the focus.
    pub fn say(&self, status: String) {
        self.draw(|shown| shown.status = status);
    }

    /// Says that something failed: in the summary, or after success, which stays, beside it.
    pub fn fail(&self, text: String) {
        if self.is_done() {
            self.say(text);
        } else {
            self.show(Stage::Asking(vec![Problem { field: Field::Form, text }]));
        }
    }

    /// Counts down to when it can be asked for again.
    pub fn count(self: &Rc<Self>) {
        if self.offer() && !self.counting.replace(true) {
            let app = self.clone();
            spawn_local(async move {
                js::pause(TICK).await;
                while app.offer() {
                    js::pause(TICK).await;
                }
                app.counting.set(false);
            });
        }
    }

    /// Shows what the button that asks again would do; says whether that will change. It goes by the clock and not by
    /// how often it is called: what is hidden or asleep hears late of it.
    fn offer(&self) -> bool {
        let again = self.asked.offered();
        let waits = matches!(again, Again::In(_));
        let texts = self.data.get("again");
        let words = if waits && js::is_calm() { texts.text("pause") } else { js::note(&texts, again) };
        self.draw(|shown| {
            if let Stage::Done(done) = &mut shown.stage {
                // Said once, and no second of the time before.
                if done.waits && again == Again::Now {
                    shown.status = texts.text("now");
                }
                done.waits = waits;
                done.note = words;
            }
        });
        waits && self.is_done()
    }

    pub fn is_done(&self) -> bool {
        matches!(self.shown.borrow().stage, Stage::Done(_))
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

    pub fn focus(&self, selector: &str) {
        if let Some(element) = js::query(&self.root, selector) {
            // It fails only where the element is gone.
            let _ = element.focus();
        }
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target().map(JsCast::unchecked_into)
}
