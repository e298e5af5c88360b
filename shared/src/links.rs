//! What the page of a link shows, and what a tap on it does.

use serde::{Deserialize, Serialize};

use crate::{
    ids::PurposeId,
    subject::{Command, FRESH_LINK, Scope, State, Way},
    text_hash::TextHash,
    texts::pages::Notice,
    time::Timestamp,
    token::TokenHash,
    wire::{Action, Tapped},
};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// Confirms a request, and is the way out as long as there is one to take.
    #[serde(rename = "Confirmation")]
    Confirmation,
    /// A way out.
    #[serde(rename = "WayOut")]
    WayOut,
    /// Shows what is stored, for a quarter of an hour.
    #[serde(rename = "Fresh")]
    Fresh { asked_at: Timestamp },
}

impl LinkKind {
    /// By which way somebody acts who taps it.
    pub const fn way(self) -> Way {
        match self {
            Self::Fresh { .. } => Way::FreshLink,
            Self::Confirmation | Self::WayOut => Way::Link,
        }
    }

    /// From when on it leads nowhere; none for a way out, which goes with what it leads out of.
    pub fn dead_at(self) -> Option<Timestamp> {
        match self {
            Self::Fresh { asked_at } => Some(asked_at + FRESH_LINK),
            Self::Confirmation | Self::WayOut => None,
        }
    }
}

/// What a link's page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Nothing: forged, expired, unknown. Nobody learns which.
    Dead,
    /// The question, for a yes or a no.
    Question,
    /// The state, and the way out.
    Manage,
    /// The way out alone: the number may be in other hands.
    WithdrawOnly,
    /// All that is stored.
    Stored,
}

/// What the page of a link shows that was made in `generation` of the person's state. After an erasure no number is
/// left, and so nothing to show.
pub fn shows(
    kind: LinkKind,
    link: &TokenHash,
    generation: u32,
    state: &State,
    has_number: bool,
    now: Timestamp,
) -> Shows {
    match kind {
        LinkKind::Fresh { asked_at } => {
            let fresh = has_number && now < asked_at + FRESH_LINK && generation == state.generation;
            if fresh { Shows::Stored } else { Shows::Dead }
        }
        LinkKind::Confirmation | LinkKind::WayOut => {
            if state.pending(link, now).is_some() {
                Shows::Question
            } else if generation < state.generation {
                Shows::WithdrawOnly
            } else {
                Shows::Manage
            }
        }
    }
}

/// What a tap on a link's page asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkAct {
    Confirm {
        /// What the page that was shown is known by.
        shown: Option<TextHash>,
    },
    /// "That was not me."
    Refuse,
    Withdraw(Scope),
    /// To all advertising.
    Object,
    FreshLink,
    /// Lets requests from web pages through again.
    Allow,
    /// The number is not the person's.
    WrongNumber,
    Erase,
}

impl LinkAct {
    /// What a button asks for, or why nothing is asked: the box before erasing was not ticked. A post without an
    /// action is no act of a person's.
    pub fn of(tapped: Tapped) -> Result<Option<Self>, Notice> {
        let scope = tapped.purpose.map_or(Scope::All, Scope::Purpose);
        let Some(action) = tapped.action else {
            return Ok(None);
        };
        Ok(Some(match action {
            Action::Erase if tapped.understood.is_none() => return Err(Notice::NotTicked),
            Action::Confirm => Self::Confirm { shown: tapped.shown },
            Action::Refuse => Self::Refuse,
            Action::Withdraw => Self::Withdraw(scope),
            Action::Object => Self::Object,
            Action::FreshLink => Self::FreshLink,
            Action::Allow => Self::Allow,
            Action::WrongNumber => Self::WrongNumber,
            Action::Erase => Self::Erase,
        }))
    }
}

/// What has just been done by a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Just {
    Confirmed,
    Withdrawn,
    Objected,
    /// A fresh link is on its way.
    LinkSent,
    /// Requests get through again.
    Allowed,
    /// The number was given up.
    WrongNumber,
    /// Nothing: the yes was not to the page that asks.
    Unseen,
    /// Nothing: it was done before, or came too late.
    Nothing,
}

impl Just {
    /// What the page says of it; `given`: some consent is still in force.
    pub const fn notice(self, given: bool) -> Option<Notice> {
        match self {
            Self::Withdrawn if given => Some(Notice::Withdrawn),
            Self::Withdrawn => Some(Notice::AllWithdrawn),
            Self::Objected => Some(Notice::Objected),
            Self::LinkSent => Some(Notice::FreshLink),
            Self::Allowed => Some(Notice::Allowed),
            Self::WrongNumber => Some(Notice::WrongNumber),
            Self::Unseen => Some(Notice::Unseen),
            Self::Confirmed | Self::Nothing => None,
        }
    }
}

/// What a tap does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Nothing: the page is shown as it is.
    None,
    /// Nothing: a yes that is not to the page which asks. That is shown first.
    Unseen,
    /// Nothing any more: a yes or a no that comes late, or again, shows what is.
    Late,
    /// What was tapped, and then the page that follows.
    Does(Command, Then),
}

/// The page after a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The link's own page, with what has just been done.
    Page(Just),
    /// That the person said no.
    Refused,
    /// That all is withdrawn, and no more: the number may be in other hands.
    WithdrawOnly,
    /// That all is erased.
    Erased,
}

/// What a tap does on a page that shows that. `asks` is the page that asks for the yes, where a request waits: a yes
/// without it, or to another one, counts for nothing (L1). `advertising`: what is declared as such, and an objection
/// ends.
pub fn tap(
    shows: Shows,
    link: &TokenHash,
    act: LinkAct,
    way: Way,
    asks: Option<&TextHash>,
    advertising: &[PurposeId],
) -> Deed {
    let does = |command, just| Deed::Does(command, Then::Page(just));
    match (shows, act) {
        (Shows::Dead, _) => Deed::None,
        (Shows::Question, LinkAct::Confirm { shown }) => {
            if shown.is_none() || shown.as_ref() != asks {
                return Deed::Unseen;
            }
            does(Command::Confirm { link: link.clone() }, Just::Confirmed)
        }
        (Shows::Question, LinkAct::Refuse) => Deed::Does(Command::Refuse { link: link.clone() }, Then::Refused),
        (_, LinkAct::Confirm { .. } | LinkAct::Refuse) => Deed::Late,
        (Shows::WithdrawOnly, LinkAct::Withdraw(scope)) => {
            Deed::Does(Command::Withdraw { scope, way }, Then::WithdrawOnly)
        }
        (_, LinkAct::Withdraw(scope)) => does(Command::Withdraw { scope, way }, Just::Withdrawn),
        (Shows::WithdrawOnly, _) => Deed::None,
        (_, LinkAct::Object) => does(Command::Object { advertising: advertising.to_vec(), way }, Just::Objected),
        (_, LinkAct::FreshLink) => does(Command::FreshLink, Just::LinkSent),
        (_, LinkAct::Allow) => does(Command::Allow, Just::Allowed),
        (Shows::Stored, LinkAct::WrongNumber) => does(Command::WrongNumber { way }, Just::WrongNumber),
        (Shows::Stored, LinkAct::Erase) => Deed::Does(Command::Erase { way }, Then::Erased),
        // What takes a fresh link is not to be had by another.
        (Shows::Question | Shows::Manage, LinkAct::WrongNumber | LinkAct::Erase) => Deed::None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Span;

    fn link() -> TokenHash {
        TokenHash("link".into())
    }

    fn text(name: &str) -> TextHash {
        TextHash(name.into())
    }

    fn act() -> impl Strategy<Value = LinkAct> {
        prop::sample::select(vec![
            LinkAct::Confirm { shown: None },
            LinkAct::Confirm { shown: Some(text("asked")) },
            LinkAct::Confirm { shown: Some(text("other")) },
            LinkAct::Refuse,
            LinkAct::Withdraw(Scope::All),
            LinkAct::Object,
            LinkAct::FreshLink,
            LinkAct::Allow,
            LinkAct::WrongNumber,
            LinkAct::Erase,
        ])
    }

    fn page() -> impl Strategy<Value = Shows> {
        prop::sample::select(vec![Shows::Dead, Shows::Question, Shows::Manage, Shows::WithdrawOnly, Shows::Stored])
    }

    proptest! {
        #[test]
        fn no_page_does_more_than_it_shows(page in page(), act in act()) {
            let deed = tap(page, &link(), act.clone(), Way::Link, Some(&text("asked")), &[]);
            if let Deed::Does(command, _) = deed {
                match command {
                    Command::Confirm { .. } => {
                        prop_assert_eq!(page, Shows::Question);
                        prop_assert_eq!(act, LinkAct::Confirm { shown: Some(text("asked")) });
                    }
                    Command::Refuse { .. } => prop_assert_eq!(page, Shows::Question),
                    Command::WrongNumber { .. } | Command::Erase { .. } => prop_assert_eq!(page, Shows::Stored),
                    Command::Withdraw { .. } => prop_assert_ne!(page, Shows::Dead),
                    _ => prop_assert!(page != Shows::Dead && page != Shows::WithdrawOnly),
                }
            }
        }

        #[test]
        fn every_live_page_is_a_way_out(page in page()) {
            let deed = tap(page, &link(), LinkAct::Withdraw(Scope::All), Way::Link, None, &[]);
            let ends = matches!(deed, Deed::Does(Command::Withdraw { .. }, _));
            prop_assert_eq!(ends, page != Shows::Dead);
        }

        #[test]
        fn a_link_of_an_older_generation_shows_nothing(generation in 0..5_u32, now in 0..5_u32, has_number: bool) {
            let state = State { generation: now, ..State::default() };
            let at = Timestamp::from_millis(1_795_000_000_000);
            let kinds = [LinkKind::Confirmation, LinkKind::WayOut, LinkKind::Fresh { asked_at: at }];
            let shown = kinds.map(|kind| shows(kind, &link(), generation, &state, has_number, at));
            if generation < now {
                prop_assert_eq!(shown, [Shows::WithdrawOnly, Shows::WithdrawOnly, Shows::Dead]);
            }
            prop_assert_eq!(shown[2] == Shows::Stored, has_number && generation == now);
            let late = shows(kinds[2], &link(), generation, &state, has_number, at + Span::minutes(15));
            prop_assert_eq!(late, Shows::Dead);
        }
    }

    #[test]
    fn a_button_without_its_box_erases_nothing() {
        let tapped = |understood| Tapped { action: Some(Action::Erase), understood, ..Tapped::default() };
        assert_eq!(LinkAct::of(tapped(None)), Err(Notice::NotTicked));
        assert_eq!(LinkAct::of(tapped(Some("yes".into()))), Ok(Some(LinkAct::Erase)));
        assert_eq!(LinkAct::of(Tapped::default()), Ok(None));
    }
}
