//! What the Worker asks a person's object, and what it answers.

use serde::{Deserialize, Serialize};
use shared::{
    evidence::{self, Erasable, ReceivedSms, RequestWay},
    form::FormVersion,
    gateway::Delivery,
    ids::{FormId, GatewayId, PurposeId, SenderId},
    keys::{NumberHash, SubjectId},
    lang::Lang,
    message::{Message, MessageId},
    reply::Reply,
    settings::{Controller, Purpose, Sender},
    subject::{Origin, Refusal},
    token::TokenHash,
    wire::{Checked, MessageAccepted, Overview},
};

use super::links::{LinkAct, LinkView};
use crate::secrets::random;

/// Whom an ask is about, where the object may not know the number yet.
#[derive(Clone, Serialize, Deserialize)]
pub struct Who {
    /// The object's own id.
    pub id: SubjectId,
    /// The whole keyed hash.
    pub hash: NumberHash,
    /// The number, E.164.
    pub number: String,
}

/// How to write to a person: from the form that they last confirmed, or else used.
#[derive(Clone, Serialize, Deserialize)]
pub struct Contact {
    /// Who writes.
    pub controller: Controller,
    /// What SMS come from.
    pub sender: Sender,
    /// The language.
    pub lang: Lang,
    /// Scheme and host of links.
    pub links_to: String,
    /// The form, if one was ever used.
    pub form: Option<FormRef>,
}

/// A version of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRef {
    /// The form.
    pub form: FormId,
    /// Its version.
    pub version: u32,
}

/// A submitted form.
#[derive(Serialize, Deserialize)]
pub struct NewRequest {
    /// Whom it is about.
    pub who: Who,
    /// The form.
    pub form: FormVersion,
    /// The purposes ticked, all of the form's.
    pub purposes: Vec<PurposeId>,
    /// Scheme and host of links.
    pub links_to: String,
    /// The record of it.
    pub request: evidence::Request,
    /// What its commitments stand for.
    pub erasables: Vec<Erasable>,
}

impl NewRequest {
    /// The purposes ticked.
    pub fn asked(&self) -> Vec<&Purpose> {
        self.purposes.iter().filter_map(|id| self.form.purpose(id)).collect()
    }

    /// How to write to whoever submitted it.
    pub fn contact(&self) -> Contact {
        Contact {
            controller: self.form.controller.clone(),
            sender: self.form.sender.clone(),
            lang: self.request.lang,
            links_to: self.links_to.clone(),
            form: Some(self.form_ref()),
        }
    }

    /// Whether the handset itself asks.
    pub fn origin(&self) -> Origin {
        match self.request.way {
            RequestWay::Keyword => Origin::Handset,
            RequestWay::Widget | RequestWay::WithoutScript => Origin::WebPage,
        }
    }

    /// The version that was submitted.
    pub fn form_ref(&self) -> FormRef {
        FormRef { form: self.form.form.clone(), version: self.form.version }
    }
}

/// An SMS from a handset.
#[derive(Serialize, Deserialize)]
pub struct NewReply {
    /// Whose handset.
    pub who: Who,
    /// How to answer, where the object doesn't know.
    pub contact: Contact,
    /// The SMS.
    pub sms: ReceivedSms,
    /// Its words.
    pub text: String,
    /// What they mean.
    pub reply: Reply,
    /// What the sender that it came in at serves.
    pub served: Vec<Purpose>,
}

/// A text of the owner's.
#[derive(Serialize, Deserialize)]
pub struct NewMessage {
    /// Its purpose.
    pub purpose: PurposeId,
    /// The text, filled in.
    pub text: String,
    /// The sender to take; else the one that the person knows.
    pub sender: Option<SenderId>,
    /// The senders that serve the purpose.
    pub senders: Vec<Sender>,
    /// The idempotency key.
    pub key: Option<String>,
}

/// Where a tap came from.
#[derive(Clone, Serialize, Deserialize)]
pub struct Tap {
    /// The network, as far as limits know it.
    pub network: String,
    /// The browser's name.
    pub user_agent: String,
}

impl Tap {
    /// As values that can be deleted singly.
    pub fn erasables(&self) -> Vec<Erasable> {
        vec![
            Erasable::new("network", self.network.as_str(), random()),
            Erasable::new("user_agent", self.user_agent.as_str(), random()),
        ]
    }
}

/// A question, and whose object it is for.
#[derive(Serialize, Deserialize)]
pub struct Question {
    /// The hash of the number, where it is known: the object refuses if its own is another.
    pub hash: Option<NumberHash>,
    /// Whether the owner wants to be told what happens.
    pub told: bool,
    /// The question.
    pub ask: Ask,
}

/// A question to a person's object.
#[derive(Serialize, Deserialize)]
pub enum Ask {
    /// Whether this number has an object, under this generation of the index key.
    Known,
    /// A form was submitted.
    Request(Box<NewRequest>),
    /// An SMS came from the handset.
    Reply(Box<NewReply>),
    /// What a link's page shows.
    Link(TokenHash),
    /// A tap on it.
    Act {
        /// The link.
        token: TokenHash,
        /// What.
        act: LinkAct,
        /// Where from.
        tap: Tap,
    },
    /// Somebody typed the number to get a fresh link.
    FreshLinkFromPage,
    /// Whether an SMS may be sent.
    Check(PurposeId),
    /// A text of the owner's.
    Send(Box<NewMessage>),
    /// What became of one.
    Message(MessageId),
    /// A delivery report.
    Report {
        /// Our reference.
        message: MessageId,
        /// How far the SMS has come.
        delivery: Delivery,
        /// Who reports.
        gateway: GatewayId,
        /// The provider's id of it.
        provider_id: Option<String>,
    },
    /// Everything, for the owner.
    Overview,
}

/// Its answer.
#[derive(Serialize, Deserialize)]
pub enum Answer {
    /// Whether the object is in use.
    Known(bool),
    /// Taken; what follows is nobody's business.
    Done,
    /// Another number has this id: nothing was done.
    Collision,
    /// A link's page.
    Link(LinkView),
    /// Whether an SMS may be sent.
    Check(Checked),
    /// A text was accepted.
    Accepted(MessageAccepted),
    /// A text was refused.
    Refused(SendRefusal),
    /// A message, if there is one of that id.
    Message(Option<Message>),
    /// Everything.
    Overview(Overview),
}

/// Why a text was refused.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub enum SendRefusal {
    /// No consent for that purpose.
    NoConsent,
    /// What was promised is used up.
    FrequencyExceeded,
    /// No such sender serves that purpose.
    Sender,
    /// The way out makes it too long.
    TooLong,
    /// The idempotency key belongs to another message.
    KeyReused,
}

impl From<Refusal> for SendRefusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::FrequencyExceeded => Self::FrequencyExceeded,
            Refusal::NoConsent | Refusal::NothingPending => Self::NoConsent,
        }
    }
}
