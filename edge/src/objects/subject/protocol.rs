//! What a person's object is told and asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::{
    actor::Actor,
    directory::Consent,
    evidence::{self, Channel, Erasable, PassedOn},
    form::{FormVersion, SmsTexts},
    gateway::Delivery,
    ids::{GatewayId, PurposeId, SenderId},
    inbound::{Arrived, Seen},
    inbox::{Answering, InboxAct, ReplyId},
    key_ring::SubjectId,
    lang::Lang,
    links::LinkAct,
    message::{Message, MessageId},
    phone::MobileNumber,
    reference::Reference,
    settings::{Controller, Purpose, Sender, Settings},
    stored::{Answered, Contact, FormRef},
    subject::{At, Origin, State, Word},
    text_hash::TextHash,
    time::Timestamp,
    token::TokenHash,
    way_out::Leave,
    whereabouts::{Elsewhere, Errand, IfNobody, Place},
    wire::{Checked, InboxAnswered, InboxEntry, OpenedProof, Overview, PersonNow},
};

use super::view::LinkView;
use crate::platform::{object::protocol, secrets::random};

protocol! {
    commands {
        /// A form was submitted, or a keyword came in.
        TakeRequest {
            new: Box<NewRequest>,
        } -> ();
        TakeReply {
            new: Box<NewReply>,
        } -> ();
        /// Somebody used the code of an advertising SMS.
        EndByCode {
            new: Box<NewEnd>,
        } -> ();
        /// The owner passes on a word of the person's. Gives nothing where it is about a purpose that was made up.
        PassOnWord {
            new: Box<NewWord>,
        } -> Option<PersonNow>;
        ActByLink {
            token: TokenHash,
            act: LinkAct,
            tap: Tap,
        } -> LinkView;
        /// Somebody typed the number to get a fresh link.
        SendFreshLink {
            /// What names the submission: the same again sends nothing.
            submission: String,
        } -> ();
        SendMessage {
            new: Box<NewMessage>,
        } -> Answered;
        TakeReport {
            report: Report,
        } -> ();
        /// Wakes what has overslept, and lists the person anew where the directory has another row than that of
        /// `listed`. Gives the consents in force; nothing where nobody is stored.
        Sweep {
            listed: Option<Timestamp>,
        } -> Option<BTreeMap<PurposeId, Consent>>;
        /// Opens what is locked away of an erased person, and notes who did, and what for.
        OpenProofs {
            actor: Actor,
            reason: String,
        } -> Vec<OpenedProof>;
        /// Does what a human has decided about a reply.
        AnswerReply {
            id: ReplyId,
            act: InboxAct,
            /// Of a withdrawal: the one that is withdrawn.
            purpose: Option<PurposeId>,
            /// All that are declared.
            purposes: Vec<Purpose>,
            actor: Actor,
        } -> Answering<InboxAnswered>;
        /// Writes anew what KV holds of these purposes.
        ProjectAgain {
            purposes: Vec<PurposeId>,
        } -> ();
    }
    queries {
        /// Whether this number has an object, under this generation of the index key.
        IsKnown {} -> bool;
        /// Whether a fresh link would be sent to whoever has the number.
        WouldSendFreshLink {} -> bool;
        ViewLink {
            token: TokenHash,
            /// The zone in which the page writes its times.
            time_zone: String,
        } -> LinkView;
        /// Whether an SMS may be sent.
        Check {
            purpose: PurposeId,
        } -> Checked;
        ReadMessage {
            id: MessageId,
        } -> Option<Message>;
        ReadOverview {} -> Overview;
        /// Those of these replies that wait for a human.
        ReadReplies {
            ids: Vec<ReplyId>,
        } -> Vec<InboxEntry>;
    }
}

impl Call {
    /// Whether it makes a record where there is none.
    pub fn errand(&self) -> Errand {
        match self {
            Self::Command(Command::EndByCode(EndByCode { new })) if new.is_for_anybody() => Errand::Make,
            Self::Command(Command::PassOnWord(PassOnWord { new })) if new.is_for_anybody() => Errand::Make,
            Self::Command(Command::TakeRequest(_) | Command::TakeReply(_)) => Errand::Make,
            Self::Command(_) | Self::Query(_) => Errand::Look,
        }
    }
}

/// A call, and whose object it is for.
#[derive(Serialize, Deserialize)]
pub struct Envelope<C = Call> {
    /// The object's place by its number, where that is known.
    pub place: Option<Place>,
    pub if_nobody: IfNobody,
    /// Whether the owner wants to be told what happens.
    pub told: bool,
    pub call: C,
}

/// The reply, or why nothing was done here.
pub type Carried<R> = Result<R, Elsewhere>;

/// What a provider reports of an SMS.
#[derive(Serialize, Deserialize)]
pub struct Report {
    /// Our reference.
    pub message: MessageId,
    pub delivery: Delivery,
    pub gateway: GatewayId,
    pub provider_id: Option<String>,
}

/// A submitted form.
#[derive(Serialize, Deserialize)]
pub struct NewRequest {
    /// E.164.
    pub number: String,
    /// The version without its texts.
    pub form: FormVersion,
    /// What its SMS is made of.
    pub sms: SmsTexts,
    /// The page that asks for the yes, by its hash.
    pub page: Option<TextHash>,
    /// The purposes ticked, all of the form's.
    pub purposes: Vec<PurposeId>,
    /// Scheme and host of links.
    pub links_to: String,
    pub request: evidence::Request,
    /// What its commitments stand for.
    pub erasables: Vec<Erasable>,
    /// The campaign of the page or link.
    pub campaign: Option<String>,
    /// What names the submission of a form: the same again asks for nothing.
    pub submission: Option<String>,
    /// How a keyword's SMS came.
    pub keyword: Option<Seen>,
}

impl NewRequest {
    pub fn new(number: &MobileNumber, form: &FormVersion, links_to: String, request: evidence::Request) -> Self {
        let texts = form.texts.get(&request.lang);
        Self {
            number: number.e164().to_owned(),
            form: form.without_texts(),
            sms: form.sms(request.lang).into_owned(),
            page: texts.map(|texts| texts.page.hash()),
            purposes: request.asked.clone(),
            links_to,
            request,
            erasables: Vec::new(),
            campaign: None,
            submission: None,
            keyword: None,
        }
    }

    /// The same, committed to these values.
    pub fn committed(self, erasables: Vec<Erasable>) -> Self {
        Self { request: self.request.committed(&erasables), erasables, ..self }
    }

    pub fn asked(&self) -> Vec<&Purpose> {
        self.purposes.iter().filter_map(|id| self.form.purpose(id)).collect()
    }

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
        match self.request.channel {
            Channel::Keyword => Origin::Handset,
            // What the owner hands in anybody may have given.
            Channel::Widget | Channel::WithoutScript => Origin::WebPage,
            Channel::HandedIn => Origin::HandedIn,
        }
    }

    pub fn form_ref(&self) -> FormRef {
        FormRef { form: self.form.form.clone(), version: self.form.version }
    }
}

/// An SMS from a handset.
#[derive(Serialize, Deserialize)]
pub struct NewReply {
    /// E.164.
    pub number: String,
    pub arrived: Arrived,
    /// Whether the settings have the number that it came in at.
    pub at: At,
    /// What that number serves by them.
    pub served: Vec<PurposeId>,
    /// All that they declare: the person may have agreed to more from there.
    pub purposes: Vec<Purpose>,
    pub senders: Vec<Sender>,
    /// How to answer, where the object doesn't know.
    pub controller: Controller,
    pub lang: Lang,
    /// Scheme and host of links.
    pub links_to: String,
}

/// What somebody ends by the code of an SMS.
#[derive(Serialize, Deserialize)]
pub struct NewEnd {
    /// Whom the code leads to.
    pub subject: SubjectId,
    pub leave: Leave,
    /// All that is declared.
    pub purposes: Vec<Purpose>,
    pub tap: Tap,
}

impl NewEnd {
    /// Whether it counts also where nobody is known.
    fn is_for_anybody(&self) -> bool {
        self.leave.clone().command(&State::default(), &self.purposes).is_some()
    }
}

/// What a person has said to the business.
#[derive(Serialize, Deserialize)]
pub struct NewWord {
    pub subject: SubjectId,
    pub word: Word,
    /// Who passes it on.
    pub actor: Actor,
    pub passed_on: PassedOn,
    /// When it was heard, at the latest.
    pub heard_at: Timestamp,
    /// The owner's.
    pub reference: Option<Reference>,
    /// All that is declared.
    pub purposes: Vec<Purpose>,
}

impl NewWord {
    /// Whether it counts also where nobody is known.
    fn is_for_anybody(&self) -> bool {
        self.word.clone().command(&State::default(), &self.purposes, self.heard_at).is_some()
    }
}

#[derive(Serialize, Deserialize)]
pub struct NewMessage {
    pub actor: Actor,
    pub purpose: PurposeId,
    /// What stands around it.
    pub around: Around,
    /// The text, filled in.
    pub text: String,
    /// The template of the batch that it is of.
    pub template: Option<TextHash>,
    /// The sender to take; else the one that the person knows.
    pub sender: Option<SenderId>,
    /// The senders that serve the purpose.
    pub senders: Vec<Sender>,
    /// The idempotency key.
    pub key: Option<String>,
}

/// Whose an SMS of the owner's is, by the settings of today, and where its way out leads.
#[derive(Clone, Serialize, Deserialize)]
pub struct Around {
    /// Whether its purpose is declared to advertise.
    pub advertises: bool,
    pub controller: Controller,
    /// Scheme and host of links.
    pub links_to: String,
}

impl Around {
    /// An SMS of that purpose.
    pub fn new(settings: &Settings, purpose: &PurposeId, links_to: String) -> Self {
        let advertises = settings.purpose(purpose).is_some_and(Purpose::advertises);
        Self { advertises, controller: settings.controller.clone(), links_to }
    }
}

/// Where a tap came from.
#[derive(Clone, Serialize, Deserialize)]
pub struct Tap {
    /// The network, as far as limits know it.
    pub network: String,
    pub user_agent: String,
    /// The zone of the times on the page.
    pub time_zone: String,
    /// What is declared to advertise, and an objection ends.
    pub advertising: Vec<PurposeId>,
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
