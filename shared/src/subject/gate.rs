use serde::{Deserialize, Serialize};

use super::{
    pending::Hold,
    rules::FRESH_LINK,
    standing::{PurposeState, Standing},
    state::State,
};
use crate::{
    ids::PurposeId,
    quiet::TimeOfDay,
    settings::Basis,
    time::{Span, Timestamp},
    token::TokenHash,
};

/// An SMS that wants out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outgoing {
    /// The second opt-in of a request.
    Confirmation {
        link: TokenHash,
    },
    /// "You are signed up already."
    Already,
    FreshLink {
        asked_at: Timestamp,
    },
    /// The acknowledgement of a STOP.
    Acknowledgement,
    /// A short answer to a reply that says nothing clear, or to a START.
    // Its name from before HELP had an answer of its own.
    #[serde(rename = "help")]
    ShortAnswer {
        asked_at: Timestamp,
    },
    /// The answer to HELP, which says that the person has these.
    #[serde(rename = "help_asked")]
    Help {
        has: Vec<PurposeId>,
    },
    /// The acknowledgement of a yes by reply.
    Agreed {
        purposes: Vec<PurposeId>,
    },
    /// A text of the owner's.
    Message {
        purpose: PurposeId,
    },
    /// The first message after a consent, with its reward.
    Welcome {
        purpose: PurposeId,
    },
}

impl Outgoing {
    /// The purpose that it is sent for, if it is not about the consent itself.
    pub fn purpose(&self) -> Option<&PurposeId> {
        match self {
            Self::Message { purpose } | Self::Welcome { purpose } => Some(purpose),
            _ => None,
        }
    }
}

/// Why an SMS stays in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// No consent for that purpose any more.
    NoBasis,
    /// The request it belongs to waits no longer.
    NotPending,
    /// The link in it would be dead on arrival, or nobody waits for it any more.
    TooLate,
    /// The provider refuses it until the handset texts START.
    Held,
    /// The recipient's hours of rest last so long.
    Quiet(Span),
    /// It comes later than it was to, and today has had what was promised.
    Frequency,
    /// It advertises, and a human has not answered yet what the person wrote (L34).
    Paused,
}

/// What today has, of what was promised, for an SMS that was counted on the day that it was to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Today {
    HasRoom,
    IsFull,
}

/// The one door of every SMS, asked again at each attempt (L7). `clocks` gives the times of day where the
/// recipient may be; what the person has just asked for doesn't wait for the morning (L17). A message was counted
/// when it was accepted; `today` matters where its day has passed.
pub fn gate(
    state: &State,
    sms: &Outgoing,
    now: Timestamp,
    clocks: impl FnOnce() -> Vec<TimeOfDay>,
    today: Today,
) -> Result<(), Withheld> {
    let allowed = |holds: bool, why| if holds { Ok(()) } else { Err(why) };
    match sms {
        Outgoing::Confirmation { link } => {
            let pending = state.pending(link, now).filter(|_| !state.suppression.holds(now));
            let (_, pending) = pending.ok_or(Withheld::NotPending)?;
            allowed(pending.hold != Hold::Held, Withheld::Held)
        }
        Outgoing::Already => {
            let given = state.standings.keys().any(|purpose| state.given(purpose, now).is_some());
            allowed(given && !state.suppression.holds(now), Withheld::NoBasis)
        }
        Outgoing::FreshLink { asked_at } => {
            allowed(state.has_history() && now < *asked_at + FRESH_LINK, Withheld::TooLate)
        }
        Outgoing::Acknowledgement => Ok(()),
        // It says that all of them are agreed to.
        Outgoing::Help { has: purposes } | Outgoing::Agreed { purposes } => {
            let all = purposes.iter().all(|purpose| state.given(purpose, now).is_some());
            allowed(all, Withheld::NoBasis)
        }
        Outgoing::ShortAnswer { asked_at } => {
            allowed(!state.suppression.holds(now) && now < *asked_at + FRESH_LINK, Withheld::TooLate)
        }
        Outgoing::Message { purpose } => {
            let given = state.given(purpose, now).ok_or(Withheld::NoBasis)?;
            allowed(!state.is_paused(given), Withheld::Paused)?;
            let terms = &given.terms;
            match (terms.wait(clocks), today) {
                (Some(span), _) => Err(Withheld::Quiet(span)),
                (None, Today::IsFull) => Err(Withheld::Frequency),
                (None, Today::HasRoom) => Ok(()),
            }
        }
        Outgoing::Welcome { purpose } => {
            let given = state.given(purpose, now).ok_or(Withheld::NoBasis)?;
            allowed(!state.is_paused(given), Withheld::Paused)
        }
    }
}

/// Whether an SMS may be sent for a purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Allowed { basis: Basis, since: Timestamp },
    Denied(Reason),
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// Never asked.
    Unknown,
    /// Asked, and not confirmed yet.
    Pending,
    /// Taken back.
    Withdrawn,
    /// Objected to.
    Objected,
    /// Unused for too long.
    Lapsed,
    /// Erased.
    Erased,
    /// The handset could not be reached for good.
    Suspended,
    /// It is given and advertises, and waits until a human has answered what the person wrote: `GET /v1/inbox`.
    Paused,
}

impl From<PurposeState> for Reason {
    /// Why a purpose that stands so is not allowed. What was given and is not in force has lapsed.
    fn from(state: PurposeState) -> Self {
        match state {
            PurposeState::Given | PurposeState::Lapsed => Self::Lapsed,
            PurposeState::Pending => Self::Pending,
            PurposeState::Withdrawn => Self::Withdrawn,
            PurposeState::Objected => Self::Objected,
            PurposeState::Erased => Self::Erased,
            PurposeState::Suspended => Self::Suspended,
        }
    }
}

/// Answers `POST /v1/check`.
pub fn check(state: &State, purpose: &PurposeId, now: Timestamp) -> Verdict {
    if let Some(given) = state.given(purpose, now) {
        if state.is_paused(given) {
            return Verdict::Denied(Reason::Paused);
        }
        return Verdict::Allowed { basis: Basis::Consent, since: given.since };
    }
    let asked = state
        .asked()
        .map(|(_, pending)| pending)
        .any(|pending| now < pending.expires_at() && pending.purposes.iter().any(|asked| asked.id == *purpose));
    Verdict::Denied(match state.standings.get(purpose) {
        // An objection outlives any later request.
        Some(Standing::Objected { .. }) => Reason::Objected,
        _ if asked => Reason::Pending,
        None => Reason::Unknown,
        Some(standing) => standing.state().into(),
    })
}
