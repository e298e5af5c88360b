//! What a code of an advertising SMS ends. Nobody sees here what there was.

use shared::subject::State;
use worker::Result;

use super::{
    commit::{Acted, Transaction},
    protocol::NewEnd,
    record::Loaded,
};

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
        match loaded.record.contact.as_ref().map(|contact| contact.sender.clone()) {
            Some(sender) => self.replying(&sender, &purposes).command(loaded, command, acted)?,
            None => self.command(loaded, command, acted)?,
        };
        Ok(())
    }
}
