//! What is kept for a while under an id: messages, answers, submissions.

use shared::{
    deletion,
    message::{Message, MessageId},
    time::{Span, Timestamp},
};
use worker::Result;

use super::Store;
use crate::platform::stored;

/// What is kept for a while, by what it is.
#[derive(Clone, Copy)]
pub enum Kept {
    /// A message of the owner's, for who asks what became of it.
    Message,
    /// The answer to a call with an idempotency key.
    Answer,
    /// A submission of a form: browsers and people repeat what they send. As long as its request waits, so that no
    /// alarm comes for it alone.
    Submission,
}

impl Kept {
    const fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Answer => "answer",
            Self::Submission => "submission",
        }
    }

    const fn span(self) -> Span {
        match self {
            Self::Message => deletion::MESSAGE,
            Self::Answer => deletion::KEPT_ANSWER,
            Self::Submission => deletion::CONFIRM_WITHIN,
        }
    }
}

impl Store {
    pub fn keep(&self, what: Kept, id: &str, value: &str, now: Timestamp) -> Result<()> {
        self.run(
            "INSERT INTO kept VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, id) DO UPDATE SET value = ?3",
            vec![what.name().into(), id.into(), value.into(), (now + what.span()).millis().into()],
        )
    }

    pub fn kept(&self, what: Kept, id: &str) -> Result<Option<String>> {
        self.text("SELECT value FROM kept WHERE kind = ? AND id = ?", vec![what.name().into(), id.into()])
    }

    pub fn message(&self, id: MessageId) -> Result<Option<Message>> {
        self.kept(Kept::Message, &id.to_string())?.map(|json| stored::read(&json)).transpose()
    }

    pub fn put_message(&self, message: &Message, now: Timestamp) -> Result<()> {
        self.keep(Kept::Message, &message.id.to_string(), &stored::write(message)?, now)
    }
}
