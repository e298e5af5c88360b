//! What the pages of links show, and what a tap on them does.

use shared::{
    evidence::{Act, ActBy, Erasable},
    links::{self, Deed, Just, LinkAct, Shows, Then},
    stored::LinkRecord,
    token::TokenHash,
};
use worker::Result;

use super::{
    commit::Transaction,
    protocol::Tap,
    record::{Loaded, lines},
    view::{LinkView, Managed, Stored},
};

impl Transaction<'_> {
    fn shows(&self, loaded: &Loaded, token: &TokenHash, link: &LinkRecord) -> Shows {
        let has_number = loaded.record.number.is_some();
        links::shows(link.kind, token, link.generation, &loaded.record.state, has_number, self.now)
    }

    pub fn view(&self, loaded: &Loaded, token: &TokenHash) -> Result<LinkView> {
        self.view_after(loaded, token, None)
    }

    fn view_after(&self, loaded: &Loaded, token: &TokenHash, just: Option<Just>) -> Result<LinkView> {
        let Some(link) = self.store.link(token)? else {
            return Ok(LinkView::Dead);
        };
        let state = &loaded.record.state;
        let number_ends = loaded.number_ends()?;
        Ok(match self.shows(loaded, token, &link) {
            Shows::Dead => LinkView::Dead,
            Shows::Question => match state.pending(token, self.now) {
                Some((_, pending)) => LinkView::Asks {
                    link,
                    purposes: pending.purposes.iter().map(|purpose| purpose.id.clone()).collect(),
                    number_ends,
                    expires_at: pending.expires_at(),
                },
                None => LinkView::Dead,
            },
            Shows::WithdrawOnly => LinkView::WithdrawOnly { link },
            Shows::Manage => LinkView::Manages(Box::new(Managed {
                purposes: lines(state),
                suppressed: state.suppression.holds(self.now),
                rewarded: state.rewarded.clone(),
                subject: loaded.record.id,
                link,
                number_ends,
                just,
            })),
            Shows::Stored => LinkView::Stored(Box::new(Stored {
                purposes: lines(state),
                number: loaded.number()?,
                events: self.store.events_since_latest_confirmation()?,
                link,
                number_ends,
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
        let asked = match (shows, &act) {
            (Shows::Question, LinkAct::Confirm { .. }) => Some(self.store.request(loaded, token)?.0.request.disclosure),
            _ => None,
        };
        let (command, then) = match links::tap(shows, token, act, link.kind.way(), asked.as_ref()) {
            Deed::None => return self.view(loaded, token),
            Deed::Late => return self.view_after(loaded, token, Some(Just::Nothing)),
            Deed::Does(command, then) => (command, then),
        };
        let confirming = asked.zip(loaded.record.state.pending(token, self.now)).map(|(shown, (_, pending))| Act {
            by: ActBy::Link { shown },
            purposes: pending.purposes.iter().map(|purpose| purpose.id.clone()).collect(),
            commitments: tap.erasables().iter().map(Erasable::commitment).collect(),
        });
        let proof_until = loaded.record.state.erasure_keeps_until(self.now);
        self.command(loaded, command, confirming.map(|act| (act, &[][..])))?;
        Ok(match then {
            Then::Page(just) => return self.view_after(loaded, token, Some(just)),
            Then::Refused => LinkView::Refused { link },
            Then::WithdrawOnly => LinkView::WithdrawOnlyDone { link },
            Then::Erased => LinkView::Erased { link, until: proof_until },
        })
    }
}
