//! What a code of an advertising SMS ends, without a word of what there was; and what a person has said to the business
//! (L25).

use shared::{
    settings::Purpose,
    subject::{Command, Refusal, State},
    wire::PersonNow,
};
use worker::Result;

use super::{
    acted::Acted,
    answers::Replying,
    commit::Transaction,
    protocol::{NewEnd, NewWord},
    record::Loaded,
};
use crate::platform::secrets::random;

impl Transaction<'_> {
    /// Ends something, of whoever the code leads to. Codes outlive what they were sent for: where nobody is known any
    /// more, a suppression is kept under the id alone.
    pub fn end_by_code(&self, slot: &mut Option<Loaded>, new: NewEnd) -> Result<()> {
        let nobody = State::default();
        let state = slot.as_ref().map_or(&nobody, |loaded| &loaded.record.state);
        if new.leave.clone().command(state, &new.purposes).is_none() {
            return Ok(());
        }
        let subject = new.subject;
        self.end(slot.get_or_insert_with(|| Loaded::under(subject)), new)
    }

    pub fn end(&self, loaded: &mut Loaded, new: NewEnd) -> Result<()> {
        let NewEnd { leave, purposes, tap, .. } = new;
        let scope = Some(leave.said());
        let Some(command) = leave.command(&loaded.record.state, &purposes) else {
            return Ok(());
        };
        let acted = Acted { scope, values: tap.erasables(), ..Acted::default() };
        self.end_with(loaded, command, acted, &purposes).map(|_| ())
    }

    /// Takes what the owner passes on. Whoever it is about need not be known: they are left alone all the same.
    pub fn pass_on(&self, slot: &mut Option<Loaded>, new: NewWord) -> Result<Option<PersonNow>> {
        let nobody = State::default();
        let state = slot.as_ref().map_or(&nobody, |loaded| &loaded.record.state);
        if new.word.clone().command(state, &new.purposes, new.heard_at).is_none() {
            return Ok(None);
        }
        let subject = new.subject;
        self.take_word(slot.get_or_insert_with(|| Loaded::under(subject)), new)
    }

    pub fn take_word(&self, loaded: &mut Loaded, new: NewWord) -> Result<Option<PersonNow>> {
        let NewWord { word, actor, passed_on, heard_at, reference, purposes, .. } = new;
        let scope = Some(word.said());
        let Some(command) = word.command(&loaded.record.state, &purposes, heard_at) else {
            return Ok(None);
        };
        let values = reference.map(|reference| reference.erasable(random())).into_iter().collect();
        let acted = Acted { scope, passed_on: Some(passed_on), values, actor: Some(actor), ..Acted::default() };
        self.end_with(loaded, command, acted, &purposes)?;
        self.person_now(loaded).map(Some)
    }

    /// Carries out what ends something; its acknowledgement comes from the sender that the person knows.
    pub(super) fn end_with(
        &self,
        loaded: &mut Loaded,
        command: Command,
        acted: Acted,
        purposes: &[Purpose],
    ) -> Result<Option<Refusal>> {
        match loaded.record.contact.as_ref().map(|contact| contact.sender.clone()) {
            Some(sender) => self
                .replying(Replying { sender: &sender, served: purposes, purposes, letterhead: None })
                .command(loaded, command, acted),
            None => self.command(loaded, command, acted),
        }
    }
}
