use shared::{
    actor::Actor,
    evidence::{ActBy, Erasable, PassedOn, ReceivedSms, Said, SaidScope, commitments},
    subject::Ending,
    text_hash::TextHash,
};

/// What somebody did, as far as evidence says it. By default nothing: time passed, or a provider reported.
#[derive(Default)]
pub struct Acted {
    /// By what the person said yes.
    pub by: Option<ActBy>,
    /// How much was to end.
    pub scope: Option<SaidScope>,
    /// The SMS that said so.
    pub sms: Option<ReceivedSms>,
    /// What the owner passed on.
    pub passed_on: Option<PassedOn>,
    /// What its commitments stand for.
    pub values: Vec<Erasable>,
    /// The template of a message that was sent.
    pub template: Option<TextHash>,
    /// Who of the owner's did it for the person.
    pub actor: Option<Actor>,
}

impl Acted {
    /// What evidence says of an ending.
    pub fn said(&self, ending: Ending) -> (Said, &[Erasable]) {
        // Who reports what time or a network did says nothing of it.
        if ending.way().is_none() {
            return (Said::default(), &[]);
        }
        let said = Said {
            scope: self.scope,
            sms: self.sms.clone(),
            passed_on: self.passed_on.clone(),
            commitments: commitments(&self.values),
            actor: self.actor.clone(),
        };
        (said, &self.values)
    }
}
