//! What is known of a person, for whoever asks.

use shared::{
    ids::PurposeId,
    message::{Message, MessageId, MessageState},
    subject::{Verdict, check},
    token::TokenHash,
    wire::{Checked, Overview, PendingLine, PersonNow},
};
use worker::Result;

use super::{
    commit::Transaction,
    record::{Loaded, denied},
};

impl Transaction<'_> {
    pub fn check(&self, loaded: &Loaded, purpose: &PurposeId) -> Result<Checked> {
        Ok(match check(&loaded.record.state, purpose, self.now) {
            Verdict::Allowed { basis, since } => Checked {
                allowed: true,
                basis: Some(basis),
                since: Some(since),
                event: self.store.tip(purpose)?.map(|tip| tip.id),
                reason: None,
            },
            Verdict::Denied(reason) => denied(reason),
        })
    }

    pub fn overview(&self, loaded: &Loaded) -> Result<Overview> {
        let PersonNow { subject, states, pending, suppressed, .. } = self.person_now(loaded)?;
        let paused = loaded.record.state.inbox.pauses();
        Ok(Overview { subject, states, pending, suppressed, paused, events: self.store.events()? })
    }

    /// How a person stands.
    pub fn person_now(&self, loaded: &Loaded) -> Result<PersonNow> {
        let state = &loaded.record.state;
        Ok(PersonNow {
            subject: loaded.record.id.to_string(),
            known: loaded.record.number.is_some(),
            states: self.referenced_lines(loaded)?,
            pending: state
                .asked()
                .map(|(form, pending)| {
                    Ok(PendingLine {
                        form: form.clone(),
                        purposes: pending.purposes.iter().map(|purpose| purpose.id.clone()).collect(),
                        requested_at: pending.requested_at,
                        expires_at: pending.expires_at(),
                        sms: self.state_of_sms(&pending.link)?,
                        reference: self.reference_asked(loaded, &pending.link),
                    })
                })
                .collect::<Result<_>>()?,
            suppressed: state.suppression.holds(self.now),
        })
    }

    /// How far the SMS of a request has come, as far as it can be read.
    fn state_of_sms(&self, link: &TokenHash) -> Result<Option<MessageState>> {
        let sent = self.store.sms(link).ok().flatten().map(|sms| sms.sent);
        let Some((reference, state)) = sent.and_then(|sent| Some((sent.reference?, sent.state()?))) else {
            return Ok(None);
        };
        Ok(Some(if self.store.is_unknown(reference)? { state.max(MessageState::OutcomeUnknown) } else { state }))
    }

    /// A message, and how far it has come.
    pub fn message(&self, id: MessageId) -> Result<Option<Message>> {
        let Some(mut message) = self.store.message(id)? else {
            return Ok(None);
        };
        if self.store.is_unknown(id)? {
            message.state = message.state.max(MessageState::OutcomeUnknown);
        }
        if message.state == MessageState::Queued {
            message.waiting = self.store.waiting(id)?;
        }
        Ok(Some(message))
    }
}
