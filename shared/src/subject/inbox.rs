//! What the person wrote and a human has not answered yet, and the pause of advertising until then (L34).

use serde::{Deserialize, Serialize};

use super::{
    change::Change,
    command::{Refusal, Scope, Word},
    passed_on,
    rules::INBOX_TEXT,
    state::State,
};
use crate::{
    ids::PurposeId,
    inbox::{ForHuman, InboxAct, ReplyId},
    reply::About,
    time::Timestamp,
};

/// The most that wait of one person: beyond that the oldest goes, one for which nothing waits if there is one.
pub const OPEN_AT_MOST: usize = 50;

/// A reply that waits for a human.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenReply {
    pub id: ReplyId,
    pub received_at: Timestamp,
    pub waits: Waits,
    /// What it may ask for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guess: Option<InboxAct>,
}

/// What waits for its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waits {
    /// Nothing: it goes with its text.
    Nothing,
    /// Advertising.
    Advertising,
    /// Advertising still, though its text has had its time: nobody's silence takes a person's objection away.
    AdvertisingWithoutText,
}

impl Waits {
    pub const fn pauses(self) -> bool {
        matches!(self, Self::Advertising | Self::AdvertisingWithoutText)
    }

    /// Whether the text is kept.
    pub const fn has_text(self) -> bool {
        matches!(self, Self::Nothing | Self::Advertising)
    }
}

/// What becomes of a reply that waits for a human.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InboxChange {
    /// It came in.
    Came(OpenReply),
    /// The person wants advertising after all: it pauses nothing any more.
    Lifted(ReplyId),
    /// Its text has had its time, and advertising still waits.
    TextGone(ReplyId),
    /// It goes: with its text, or with an erasure.
    Left(ReplyId),
    /// A human has answered it.
    Answered(ReplyId),
}

/// The replies of one person that wait, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Inbox(Vec<OpenReply>);

impl Inbox {
    pub fn iter(&self) -> impl Iterator<Item = &OpenReply> {
        self.0.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn find(&self, id: ReplyId) -> Option<&OpenReply> {
        self.0.iter().find(|open| open.id == id)
    }

    /// Whether advertising waits.
    pub fn pauses(&self) -> bool {
        self.0.iter().any(|open| open.waits.pauses())
    }

    /// Whether any text is kept.
    pub(super) fn has_texts(&self) -> bool {
        self.0.iter().any(|open| open.waits.has_text())
    }

    pub(super) fn apply(&mut self, change: &InboxChange) {
        match change {
            InboxChange::Came(open) => {
                self.0.push(open.clone());
                self.0.sort_by_key(|open| (open.received_at, open.id));
            }
            InboxChange::Lifted(id) => self.now_waits(*id, Waits::Nothing),
            InboxChange::TextGone(id) => self.now_waits(*id, Waits::AdvertisingWithoutText),
            InboxChange::Left(id) | InboxChange::Answered(id) => self.0.retain(|open| open.id != *id),
        }
    }

    fn now_waits(&mut self, id: ReplyId, waits: Waits) {
        for open in self.0.iter_mut().filter(|open| open.id == id) {
            open.waits = waits;
        }
    }

    /// What time alone changes.
    pub(super) fn due(&self, now: Timestamp) -> impl Iterator<Item = Change> {
        let over = self.0.iter().filter(move |open| open.waits.has_text() && now >= open.received_at + INBOX_TEXT);
        over.map(|open| match open.waits {
            Waits::Advertising => Change::Inbox(InboxChange::TextGone(open.id)),
            Waits::Nothing | Waits::AdvertisingWithoutText => Change::Inbox(InboxChange::Left(open.id)),
        })
    }

    /// When that has something to do next.
    pub(super) fn next_due(&self) -> Option<Timestamp> {
        let texts = self.0.iter().filter(|open| open.waits.has_text());
        texts.map(|open| open.received_at + INBOX_TEXT).min()
    }

    /// What an erasure does.
    pub(super) fn erased(&self) -> impl Iterator<Item = Change> {
        self.0.iter().map(|open| Change::Inbox(InboxChange::Left(open.id)))
    }

    /// What the person's own wish for advertising does, said then: what they have written since still counts.
    pub(super) fn lifted(&self, said_at: Timestamp) -> impl Iterator<Item = Change> {
        let before = self.0.iter().filter(move |open| open.received_at <= said_at);
        before.filter_map(|open| match open.waits {
            Waits::Nothing => None,
            Waits::Advertising => Some(Change::Inbox(InboxChange::Lifted(open.id))),
            Waits::AdvertisingWithoutText => Some(Change::Inbox(InboxChange::Left(open.id))),
        })
    }
}

/// What a reply does that a human must read. One that was said before the person wanted SMS again pauses nothing.
pub(super) fn came(state: &State, reply: ToRead, said_at: Timestamp, now: Timestamp) -> Vec<Change> {
    let ToRead { id, received_at, of: ForHuman { speaks_of, guess } } = reply;
    let waits = match speaks_of {
        About::Rights if !state.may_have_wanted_since(said_at) => Waits::Advertising,
        About::Rights | About::Other => Waits::Nothing,
    };
    let open = OpenReply { id, received_at: received_at.min(now), waits, guess };
    let all = &state.inbox.0;
    let most = all.len() >= OPEN_AT_MOST;
    let oldest = all.iter().find(|open| !open.waits.pauses()).or(all.first()).filter(|_| most);
    let gone = oldest.map(|open| Change::Inbox(InboxChange::Left(open.id)));
    gone.into_iter().chain([Change::Inbox(InboxChange::Came(open))]).collect()
}

/// A reply on its way into the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToRead {
    /// A new one.
    pub id: ReplyId,
    pub received_at: Timestamp,
    pub of: ForHuman,
}

/// What a human's answer does: what they do for the person, and that it is answered.
///
/// # Errors
/// There is no such reply, or not any more; or the person never had the purpose.
pub(super) fn answered(
    state: &State,
    id: ReplyId,
    act: InboxAct,
    purpose: Option<PurposeId>,
    advertising: Vec<PurposeId>,
    now: Timestamp,
) -> Result<Vec<Change>, Refusal> {
    let open = state.inbox.find(id).ok_or(Refusal::NothingOpen)?;
    if purpose.as_ref().is_some_and(|id| !state.standings.contains_key(id)) {
        return Err(Refusal::NoConsent);
    }
    // What they wrote is a word to the business like any other.
    let word = match act {
        InboxAct::Nothing => None,
        InboxAct::Withdraw => Some(Word::Withdraw(purpose.map_or(Scope::All, Scope::Purpose))),
        InboxAct::Object => Some(Word::Object),
        InboxAct::Erase => Some(Word::Erase),
        InboxAct::WrongNumber => Some(Word::WrongNumber),
    };
    let done = word.map(|word| passed_on::decide(state, word, &advertising, open.received_at, now)).unwrap_or_default();
    let rest = done.into_iter().filter(|change| *change != Change::Inbox(InboxChange::Left(id)));
    Ok(std::iter::once(Change::Inbox(InboxChange::Answered(id))).chain(rest).collect())
}
