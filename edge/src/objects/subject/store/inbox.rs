//! Replies that wait for a human, and what humans did about them (L34).

use shared::{
    deletion::INBOX_ANSWER,
    inbox::{HumanAnswer, ReplyId},
    key_ring::Sealed,
    stored::KeptReply,
    time::Timestamp,
};
use worker::Result;

use super::Store;
use crate::{objects::subject::record::Loaded, platform::stored};

impl Store {
    pub fn keep_reply(&self, loaded: &Loaded, id: ReplyId, reply: &KeptReply) -> Result<()> {
        let sealed = loaded.seal("reply", &stored::write(reply)?)?;
        self.run("INSERT INTO inbox (id, reply) VALUES (?, ?)", vec![id.to_string().into(), sealed.0.into()])
    }

    /// The reply, while its words are kept and as far as this build can read them.
    pub fn kept_reply(&self, loaded: &Loaded, id: ReplyId) -> Result<Option<KeptReply>> {
        let sealed = self.text("SELECT reply FROM inbox WHERE id = ?", vec![id.to_string().into()])?;
        let plain = sealed.filter(|sealed| !sealed.is_empty()).and_then(|it| loaded.open("reply", &Sealed(it)).ok());
        Ok(plain.and_then(|plain| stored::read(&plain).ok()))
    }

    /// Deletes its words.
    pub fn forget_reply(&self, id: ReplyId) -> Result<()> {
        self.run("DELETE FROM inbox WHERE id = ?", vec![id.to_string().into()])
    }

    pub fn put_human_answer(&self, id: ReplyId, answer: &HumanAnswer) -> Result<()> {
        let until = (answer.at + INBOX_ANSWER).millis();
        self.run(
            "INSERT INTO inbox (id, answer, until) VALUES (?, ?, ?)",
            vec![id.to_string().into(), stored::write(answer)?.into(), until.into()],
        )
    }

    pub fn human_answer(&self, id: ReplyId) -> Result<Option<HumanAnswer>> {
        let answer = self.text("SELECT answer FROM inbox WHERE id = ?", vec![id.to_string().into()])?;
        answer.filter(|answer| !answer.is_empty()).map(|json| stored::read(&json)).transpose()
    }

    /// Lets SMS that wait for a human's answer ask again.
    pub fn ask_again(&self, now: Timestamp) -> Result<()> {
        self.run("UPDATE outbox SET due = MIN(due, ?) WHERE waits = 'inbox'", vec![now.millis().into()])
    }
}
