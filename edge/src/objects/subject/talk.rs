//! What the Worker asks a person's object, and what it answers.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use shared::{
    disclosure::DisclosureHash,
    evidence::{self, Erasable},
    form::FormVersion,
    ids::{FormId, PurposeId},
    keys::{NumberHash, SubjectId},
    lang::Lang,
    reply::Reply,
    settings::{Purpose, Sender},
    subject::{End, Refusal, Scope},
    time::Timestamp,
    token::TokenHash,
    wire::{Checked, Overview, StateLine},
};

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

/// How to write to a person: from the form that they last used.
#[derive(Clone, Serialize, Deserialize)]
pub struct Contact {
    /// The controller's name.
    pub company: String,
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
            company: self.form.controller.name.clone(),
            sender: self.form.sender.clone(),
            lang: self.request.lang,
            links_to: self.links_to.clone(),
            form: Some(self.form_ref()),
        }
    }

    /// The version that was submitted.
    pub fn form_ref(&self) -> FormRef {
        FormRef { form: self.form.form.clone(), version: self.form.version }
    }
}

/// What a tap on a link's page does.
#[derive(Clone, Serialize, Deserialize)]
pub enum LinkAct {
    /// Yes.
    Confirm {
        /// The hash of the text that the page showed.
        shown: Option<DisclosureHash>,
    },
    /// "That was not me."
    Refuse,
    /// Takes consent back.
    Withdraw(Scope),
    /// Objects.
    Object(Scope),
    /// Orders a fresh link.
    FreshLink,
    /// Lets requests from web pages through again.
    Allow,
    /// The number is not the person's.
    WrongNumber,
    /// Erases.
    Erase,
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
    Reply {
        /// Whose handset.
        who: Who,
        /// How to answer, where the object doesn't know.
        contact: Contact,
        /// What it says.
        reply: Reply,
    },
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
    Send {
        /// Its purpose.
        purpose: PurposeId,
        /// The text.
        text: String,
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
    Accepted {
        /// The message's id.
        id: String,
        /// Its parts.
        segments: usize,
    },
    /// A text was refused.
    Refused(SendRefusal),
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
}

impl From<Refusal> for SendRefusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::FrequencyExceeded => Self::FrequencyExceeded,
            Refusal::NoConsent | Refusal::NothingPending => Self::NoConsent,
        }
    }
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// Confirms a request, and is a way out for ever.
    Confirmation,
    /// A way out.
    WayOut,
    /// Shows what is stored, for a quarter of an hour.
    Fresh {
        /// When it was asked for.
        asked_at: Timestamp,
    },
}

/// What is kept of a link beside its hash.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinkRecord {
    /// The form that it goes back to.
    pub form: Option<FormRef>,
    /// The person's language.
    pub lang: Lang,
    /// See `shared::subject::State::generation`.
    pub generation: u32,
    /// What it is for.
    pub kind: LinkKind,
    /// How its request ended.
    pub end: Option<End>,
}

/// What a link's page shows.
#[derive(Serialize, Deserialize)]
pub enum LinkView {
    /// Forged, expired, unknown: nobody learns which.
    Dead,
    /// Asks for a yes or a no.
    Asks {
        /// The link.
        link: LinkRecord,
        /// What is asked for.
        purposes: Vec<PurposeId>,
        /// The last two digits.
        number_ends: String,
        /// Until when.
        expires_at: Timestamp,
    },
    /// The person has just said no.
    Refused {
        /// The link.
        link: LinkRecord,
    },
    /// Shows the state, and withdraws.
    Manages(Box<Managed>),
    /// Only withdraws: the number may be in other hands.
    WithdrawOnly {
        /// The link.
        link: LinkRecord,
    },
    /// Has just done so.
    WithdrawOnlyDone {
        /// The link.
        link: LinkRecord,
    },
    /// Shows all that is stored.
    Stored(Box<Stored>),
    /// It has just been erased.
    Erased {
        /// The link.
        link: LinkRecord,
        /// Until when the locked proof is kept.
        until: Timestamp,
    },
}

/// What has just been done by a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Just {
    /// Consent was given.
    Confirmed,
    /// Consent was taken back.
    Withdrawn,
    /// An objection was noted.
    Objected,
    /// A fresh link is on its way.
    LinkSent,
    /// Requests get through again.
    Allowed,
    /// The number was given up.
    Corrected,
    /// Nothing: it was done before, or came too late.
    Nothing,
}

/// The page of a link after its request.
#[derive(Serialize, Deserialize)]
pub struct Managed {
    /// The link.
    pub link: LinkRecord,
    /// Each purpose.
    pub purposes: Vec<StateLine>,
    /// The last two digits.
    pub number_ends: String,
    /// Whether requests from web pages get through.
    pub silenced: bool,
    /// What has just been done.
    pub just: Option<Just>,
}

/// The page of a fresh link.
#[derive(Serialize, Deserialize)]
pub struct Stored {
    /// The link.
    pub link: LinkRecord,
    /// Each purpose.
    pub purposes: Vec<StateLine>,
    /// The number.
    pub number: String,
    /// The last two digits.
    pub number_ends: String,
    /// Events since the latest confirmation: what came before may be another person's.
    pub events: Vec<Box<RawValue>>,
    /// Until when an erasure now would keep a locked proof.
    pub erase_until: Timestamp,
    /// What has just been done.
    pub just: Option<Just>,
}
