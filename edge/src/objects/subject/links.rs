//! What the pages of links show, and what a tap on them does.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use shared::{
    evidence::{Act, ActBy},
    form::DisclosureHash,
    ids::PurposeId,
    keys::SubjectId,
    lang::Lang,
    subject::{self, Command, End, Scope, Way},
    time::Timestamp,
    token::TokenHash,
    wire::StateLine,
};
use worker::Result;

use super::{
    commit::Transaction,
    contact::FormRef,
    protocol::Tap,
    record::{Loaded, lines},
};

/// What a tap on a link's page does.
#[derive(Clone, Serialize, Deserialize)]
pub enum LinkAct {
    /// Yes.
    Confirm {
        /// The hash of the text that the page showed.
        shown: Option<DisclosureHash>,
    },
    /// "That was not me."
    Refuse,
    /// Takes consent back.
    Withdraw(Scope),
    /// Objects.
    Object(Scope),
    /// Orders a fresh link.
    FreshLink,
    /// Lets requests from web pages through again.
    Allow,
    /// The number is not the person's.
    WrongNumber,
    /// Erases.
    Erase,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// Confirms a request, and is a way out for ever.
    Confirmation,
    /// A way out.
    WayOut,
    /// Shows what is stored, for a quarter of an hour.
    Fresh {
        /// When it was asked for.
        asked_at: Timestamp,
    },
}

/// What is kept of a link beside its hash.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinkRecord {
    /// The form that it goes back to.
    pub form: Option<FormRef>,
    /// The person's language.
    pub lang: Lang,
    /// See `shared::subject::State::generation`.
    pub generation: u32,
    /// What it is for.
    pub kind: LinkKind,
    /// How its request ended.
    pub end: Option<End>,
}

/// What a link's page shows.
#[derive(Serialize, Deserialize)]
pub enum LinkView {
    /// Forged, expired, unknown: nobody learns which.
    Dead,
    /// Asks for a yes or a no.
    Asks {
        /// The link.
        link: LinkRecord,
        /// What is asked for.
        purposes: Vec<PurposeId>,
        /// The last two digits.
        number_ends: String,
        /// Until when.
        expires_at: Timestamp,
    },
    /// The person has just said no.
    Refused {
        /// The link.
        link: LinkRecord,
    },
    /// Shows the state, and withdraws.
    Manages(Box<Managed>),
    /// Only withdraws: the number may be in other hands.
    WithdrawOnly {
        /// The link.
        link: LinkRecord,
    },
    /// Has just done so.
    WithdrawOnlyDone {
        /// The link.
        link: LinkRecord,
    },
    /// Shows all that is stored.
    Stored(Box<Stored>),
    /// It has just been erased.
    Erased {
        /// The link.
        link: LinkRecord,
        /// Until when the locked proof is kept.
        until: Timestamp,
    },
}

/// What has just been done by a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Just {
    /// Consent was given.
    Confirmed,
    /// Consent was taken back.
    Withdrawn,
    /// An objection was noted.
    Objected,
    /// A fresh link is on its way.
    LinkSent,
    /// Requests get through again.
    Allowed,
    /// The number was given up.
    WrongNumber,
    /// Nothing: it was done before, or came too late.
    Nothing,
}

/// The page of a link after its request.
#[derive(Serialize, Deserialize)]
pub struct Managed {
    /// The link.
    pub link: LinkRecord,
    /// Whose it is.
    pub subject: SubjectId,
    /// Each purpose.
    pub purposes: Vec<StateLine>,
    /// The last two digits.
    pub number_ends: String,
    /// Whether requests from web pages get through.
    pub suppressed: bool,
    /// Purposes whose reward is the person's.
    pub rewarded: Vec<PurposeId>,
    /// What has just been done.
    pub just: Option<Just>,
}

/// The page of a fresh link.
#[derive(Serialize, Deserialize)]
pub struct Stored {
    /// The link.
    pub link: LinkRecord,
    /// Each purpose.
    pub purposes: Vec<StateLine>,
    /// The number.
    pub number: String,
    /// The last two digits.
    pub number_ends: String,
    /// Events since the latest confirmation: what came before may be another person's.
    pub events: Vec<Box<RawValue>>,
    /// Until when an erasure now would keep a locked proof.
    pub erase_until: Timestamp,
    /// What has just been done.
    pub just: Option<Just>,
}

impl Transaction<'_> {
    /// What the page of a link shows.
    pub fn view(&self, loaded: &Loaded, token: &TokenHash) -> Result<LinkView> {
        let Some(link) = self.store.link(token)? else {
            return Ok(LinkView::Dead);
        };
        let state = &loaded.record.state;
        let number_ends = loaded.number_ends()?;
        if let LinkKind::Fresh { asked_at } = link.kind {
            // After an erasure there is nothing left to show.
            let fresh = loaded.record.number.is_some()
                && self.now < asked_at + subject::FRESH_LINK
                && link.generation == state.generation;
            return Ok(if fresh {
                LinkView::Stored(Box::new(self.stored(loaded, link, number_ends)?))
            } else {
                LinkView::Dead
            });
        }
        if let Some((_, pending)) = state.pending(token, self.now) {
            return Ok(LinkView::Asks {
                link,
                purposes: pending.purposes.iter().map(|purpose| purpose.id.clone()).collect(),
                number_ends,
                expires_at: pending.expires_at(),
            });
        }
        if link.generation < state.generation {
            return Ok(LinkView::WithdrawOnly { link });
        }
        Ok(LinkView::Manages(Box::new(Managed {
            purposes: lines(state),
            suppressed: state.suppression.holds(self.now),
            rewarded: state.rewarded.clone(),
            subject: loaded.record.id,
            link,
            number_ends,
            just: None,
        })))
    }

    /// Acts by a link, and shows its page after it.
    pub fn act(&self, loaded: &mut Loaded, token: &TokenHash, act: LinkAct, tap: Tap) -> Result<LinkView> {
        let Some(link) = self.store.link(token)? else {
            return Ok(LinkView::Dead);
        };
        let way = match link.kind {
            LinkKind::Fresh { .. } => Way::FreshLink,
            _ => Way::Link,
        };
        let view = self.view(loaded, token)?;
        let command = match (&view, act) {
            (LinkView::Dead, _) => return Ok(view),
            (LinkView::Asks { purposes, .. }, LinkAct::Confirm { shown }) => {
                let kept = self.store.request(loaded, token)?;
                if shown.as_ref().is_some_and(|shown| *shown != kept.request.disclosure) {
                    return Ok(view); // another text than was asked for: show this one first
                }
                let act = Act {
                    by: ActBy::Link { shown: kept.request.disclosure.clone() },
                    purposes: purposes.clone(),
                    commitments: tap.erasables().iter().map(|value| value.commitment()).collect(),
                };
                // Nothing refuses it: `Asks` says that it waits.
                self.command(loaded, Command::Confirm { link: token.clone() }, Some((act, &[])))?;
                return self.after(loaded, token, Just::Confirmed);
            }
            (LinkView::Asks { .. }, LinkAct::Refuse) => {
                self.command(loaded, Command::Refuse { link: token.clone() }, None)?;
                return Ok(LinkView::Refused { link });
            }
            // A confirmation that comes late, or again, changes nothing and shows what is.
            (_, LinkAct::Confirm { .. } | LinkAct::Refuse) => return self.after(loaded, token, Just::Nothing),
            (_, LinkAct::Withdraw(scope)) => (Command::Withdraw { scope, way }, Just::Withdrawn),
            (LinkView::WithdrawOnly { .. }, _) => return Ok(view),
            (_, LinkAct::Object(scope)) => (Command::Object { scope, way }, Just::Objected),
            (_, LinkAct::FreshLink) => (Command::FreshLink, Just::LinkSent),
            (_, LinkAct::Allow) => (Command::Allow, Just::Allowed),
            (LinkView::Stored(_), LinkAct::WrongNumber) => (Command::WrongNumber { way }, Just::WrongNumber),
            (LinkView::Stored(_), LinkAct::Erase) => {
                self.command(loaded, Command::Erase { way }, None)?;
                return Ok(LinkView::Erased { link, until: self.now.end_of_third_year() });
            }
            // What takes a fresh link is not to be had by another.
            (_, LinkAct::WrongNumber | LinkAct::Erase) => return Ok(view),
        };
        let (command, just) = command;
        self.command(loaded, command, None)?;
        if let LinkView::WithdrawOnly { .. } = view {
            return Ok(LinkView::WithdrawOnlyDone { link });
        }
        self.after(loaded, token, just)
    }

    fn after(&self, loaded: &Loaded, token: &TokenHash, just: Just) -> Result<LinkView> {
        Ok(match self.view(loaded, token)? {
            LinkView::Manages(managed) => LinkView::Manages(Box::new(Managed { just: Some(just), ..*managed })),
            LinkView::Stored(stored) => LinkView::Stored(Box::new(Stored { just: Some(just), ..*stored })),
            view => view,
        })
    }

    fn stored(&self, loaded: &Loaded, link: LinkRecord, number_ends: String) -> Result<Stored> {
        Ok(Stored {
            purposes: lines(&loaded.record.state),
            number: loaded.number()?,
            events: self.store.events_since_latest_confirmation()?,
            link,
            number_ends,
            erase_until: self.now.end_of_third_year(),
            just: None,
        })
    }
}
