//! What the pages of links show, and what a tap on them does.

use shared::{
    evidence::{ActBy, Erasable, PageShown, SaidScope},
    links::{self, Deed, Just, LinkAct, Shows, Then},
    stored::LinkRecord,
    token::TokenHash,
};
use worker::Result;

use super::{
    acted::Acted,
    commit::Transaction,
    protocol::Tap,
    record::{Loaded, lines},
    view::{LinkView, Managed, Question, Stored},
};
use crate::platform::{secrets::random, sql::fault};

impl Transaction<'_> {
    fn shows(&self, loaded: &Loaded, token: &TokenHash, link: &LinkRecord) -> Shows {
        let has_number = loaded.record.number.is_some();
        links::shows(link.kind, token, link.generation, &loaded.record.state, has_number, self.now)
    }

    /// `time_zone`: the one in which the page writes its times.
    pub fn view(&self, loaded: &Loaded, token: &TokenHash, time_zone: &str) -> Result<LinkView> {
        self.view_after(loaded, token, time_zone, None)
    }

    /// What the page asks, while the request waits.
    fn question(&self, loaded: &Loaded, token: &TokenHash, time_zone: &str) -> Result<Option<Question>> {
        let Some((_, pending)) = loaded.record.state.pending(token, self.now) else {
            return Ok(None);
        };
        let kept = self.store.request(loaded, token)?.0;
        let disclosure = kept.request.disclosure;
        // A request of before pages were frozen is known by the text of its form.
        let template = kept.page.or_else(|| disclosure.clone()).ok_or_else(|| fault("a request without its text"))?;
        Ok(Some(Question {
            purposes: pending.purposes.iter().map(|purpose| purpose.id.clone()).collect(),
            disclosure,
            page: PageShown { template, until: pending.expires_at(), time_zone: time_zone.to_owned() },
        }))
    }

    fn view_after(&self, loaded: &Loaded, token: &TokenHash, time_zone: &str, just: Option<Just>) -> Result<LinkView> {
        let Some(link) = self.store.link(token)? else {
            return Ok(LinkView::Dead);
        };
        let state = &loaded.record.state;
        let number_ends = loaded.number_ends()?;
        Ok(match self.shows(loaded, token, &link) {
            Shows::Dead => LinkView::Dead,
            Shows::Question => match self.question(loaded, token, time_zone)? {
                Some(question) => LinkView::Asks { link, question, number_ends, just },
                None => LinkView::Dead,
            },
            Shows::WithdrawOnly => LinkView::WithdrawOnly { link },
            Shows::Manage => LinkView::Manages(Box::new(Managed {
                purposes: {
                    let familiar = state.familiar();
                    lines(state).into_iter().filter(|line| familiar.contains(&line.purpose)).collect()
                },
                suppressed: state.keeps_web_pages_away(self.now),
                rewarded: state.rewarded.clone(),
                subject: loaded.record.id,
                link,
                number_ends,
                just,
            })),
            Shows::Stored => LinkView::Stored(Box::new(Stored {
                purposes: self.referenced_lines(loaded)?,
                familiar: state.familiar(),
                number: loaded.number()?,
                events: self.store.events_since_latest_confirmation()?,
                link,
                number_ends,
                replies: self.waiting_replies(loaded)?,
                erase_until: state.erasure_keeps_until(self.now),
                just,
            })),
        })
    }

    /// Acts by a link, and shows its page after it.
    pub fn act(&self, loaded: &mut Loaded, token: &TokenHash, act: LinkAct, tap: &Tap) -> Result<LinkView> {
        let Some(link) = self.store.link(token)? else {
            return Ok(LinkView::Dead);
        };
        let shows = self.shows(loaded, token, &link);
        let question = match (shows, &act) {
            (Shows::Question, LinkAct::Confirm { .. }) => self.question(loaded, token, &tap.time_zone)?,
            _ => None,
        };
        let asks = question.as_ref().map(Question::shown);
        let scope = SaidScope::of_tap(&act);
        let (command, then) = match links::tap(shows, token, act, link.kind.way(), asks.as_ref(), &tap.advertising) {
            Deed::None => return self.view(loaded, token, &tap.time_zone),
            Deed::Unseen => return self.view_after(loaded, token, &tap.time_zone, Some(Just::Unseen)),
            Deed::Late => return self.view_after(loaded, token, &tap.time_zone, Some(Just::Nothing)),
            Deed::Does(command, then) => (command, then),
        };
        let mut values = tap.erasables();
        let by = question.map(|question| ActBy::Link { page: question.page, link_sha256: token.clone() });
        if by.is_some() {
            values.push(Erasable::new("number_ends", loaded.number_ends()?, random()));
        }
        let proof_until = loaded.record.state.erasure_keeps_until(self.now);
        self.command(loaded, command, Acted { by, scope, values, ..Acted::default() })?;
        Ok(match then {
            Then::Page(just) => return self.view_after(loaded, token, &tap.time_zone, Some(just)),
            Then::Refused => LinkView::Refused { link },
            Then::WithdrawOnly => LinkView::WithdrawOnlyDone { link },
            Then::Erased => LinkView::Erased { link, until: proof_until },
        })
    }
}
