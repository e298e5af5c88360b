//! The button that asks again, on the hosted page where nothing counts down.

use shared::{
    form::FormVersion,
    lang::Lang,
    stamp,
    subject::{Again, CONFIRM_WITHIN},
    texts::AgainTexts,
    time::Timestamp,
    wire::FormPosted,
};
use widget::Done;

use crate::{
    platform::{
        context::App,
        intl::{self, Exact},
    },
    service::submit::Came,
};

/// A press on a button of the form, as far as the page alone can tell: on its own, or on the one that asks again.
pub struct Press {
    /// How often it was asked for before.
    asked: u8,
    offered: Again,
    /// When the page was shown that has the button: the answer to the request before.
    shown_at: Timestamp,
}

/// What the answer is made of.
pub struct Said<'a> {
    /// `Labels::next`.
    pub next: &'a str,
    pub texts: &'a AgainTexts,
    pub lang: Lang,
    /// The owner's time zone.
    pub zone: &'a str,
    /// The last two digits of the number.
    pub ends: &'a str,
}

impl Press {
    /// A stamp that is not ours tells no time; where it is used, it is refused.
    pub fn of(app: &App, form: &FormVersion, posted: &FormPosted) -> Self {
        let asked = posted.again;
        match stamp::shown_at(&app.secrets().index, &posted.stamp, form.form.as_str()) {
            Ok(shown_at) if asked > 0 => {
                Self { asked, offered: Again::offered(asked, app.now().since(shown_at)), shown_at }
            }
            _ => Self { asked, offered: Again::Now, shown_at: app.now() },
        }
    }

    /// Whether anything may come of it. Then the stamp of its page is used up, and else it is still good.
    pub fn counts(&self) -> bool {
        self.offered == Again::Now
    }

    /// What the page says after it.
    pub fn answer(&self, said: Said, came: Came, now: Timestamp) -> Done {
        let Said { next, texts, lang, zone, ends } = said;
        let (asked, at) = if self.counts() { (self.asked.saturating_add(1), now) } else { (self.asked, self.shown_at) };
        let until = intl::time(at + CONFIRM_WITHIN, lang, zone, Exact::Minute);
        let done = Done::new(next, ends, &until, asked).without_clock(texts);
        match (self.offered, came) {
            (Again::In(_) | Again::No, _) => done.in_vain(texts, self.offered),
            (Again::Now, _) if self.asked == 0 => done,
            (Again::Now, Came::First) => done.sent(&texts.sent, &intl::time(now, lang, zone, Exact::Clock)),
            (Again::Now, Came::Again) => done.known(texts),
        }
    }
}
