use serde::{Deserialize, Serialize};

use super::{
    commitment::{Erasable, Named, commitments},
    hand_in::HandedIn,
};
use crate::{
    form::{FormVersion, Keyword},
    gateway::Delivery,
    ids::{FormId, GatewayId, PurposeId},
    lang::Lang,
    message::{MessageId, MessageState},
    text_hash::TextHash,
    time::Timestamp,
    token::TokenHash,
};

/// A request as it was made; sealed until its confirmation, then part of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Request {
    /// When.
    pub time: Timestamp,
    /// The form.
    pub form: FormId,
    pub version: u32,
    pub lang: Lang,
    /// The text shown in the form, by its hash, under which it is kept. Who texts a keyword saw none of it; what was
    /// handed in was shown by another system, as the owner says.
    pub disclosure: Option<TextHash>,
    /// The privacy notice linked there.
    pub privacy_url: String,
    /// The way: with the widget, posted without JavaScript, by a keyword, or handed in by the owner.
    #[serde(rename = "way")]
    pub channel: Channel,
    /// How the boxes were served, as the form that came back says; nothing where it doesn't. A keyword has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boxes_served: Option<BoxesServed>,
    /// The purposes that had a box, in their order. Of what was handed in nobody here knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<PurposeId>,
    /// Those whose box was ticked, or that the keyword asks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<PurposeId>,
    /// The age declared, in years, with no date of birth (L11); after a keyword it is the yes that declares it.
    pub age_declared: u8,
    /// The keyword that was texted (L16).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyword: Option<KeywordText>,
    /// Where the number was given, where the owner handed it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_in: Option<HandedIn>,
    /// Number, network, user agent, page, campaign and reference.
    pub commitments: Vec<Named>,
}

impl Request {
    /// What a form's submission is kept as, by the widget or without script.
    pub fn by_form(
        form: &FormVersion,
        lang: Lang,
        channel: Channel,
        boxes_served: Option<BoxesServed>,
        asked: Vec<PurposeId>,
        now: Timestamp,
    ) -> Self {
        Self {
            time: now,
            form: form.form.clone(),
            version: form.version,
            lang,
            disclosure: Some(form.disclosure(lang).hash()),
            privacy_url: form.controller.privacy_url.clone(),
            channel,
            boxes_served,
            offered: form.draft.purposes.clone(),
            asked,
            age_declared: form.draft.age,
            keyword: None,
            handed_in: None,
            commitments: Vec::new(),
        }
    }

    /// What the owner hands in from another system is kept as. What that system showed is the owner's word.
    pub fn by_owner(
        form: &FormVersion,
        lang: Lang,
        handed_in: HandedIn,
        asked: Vec<PurposeId>,
        now: Timestamp,
    ) -> Self {
        Self {
            offered: Vec::new(),
            handed_in: Some(handed_in),
            ..Self::by_form(form, lang, Channel::HandedIn, None, asked, now)
        }
    }

    /// What a keyword's SMS is kept as (L16).
    pub fn by_keyword(form: &FormVersion, keyword: &Keyword, sms: ReceivedSms, now: Timestamp) -> Self {
        let text = KeywordText { word: keyword.word.clone(), beside: form.keyword_text(keyword), sms };
        let lang = form.lang(keyword.lang);
        let asked = form.keyword_purposes(keyword);
        Self {
            disclosure: None,
            offered: Vec::new(),
            keyword: Some(text),
            ..Self::by_form(form, lang, Channel::Keyword, None, asked, now)
        }
    }

    /// The same, committed to these values.
    pub fn committed(self, values: &[Erasable]) -> Self {
        Self { commitments: commitments(values), ..self }
    }
}

/// How the edge served the boxes of the form that came back. What the page around them did the edge can't see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BoxesServed {
    /// None was ticked.
    Unticked,
    /// Our own page, after something was to be corrected, with the ticks that the person had sent a moment before.
    AsSent,
}

impl BoxesServed {
    /// As forms and JSON have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unticked => "unticked",
            Self::AsSent => "as_sent",
        }
    }
}

/// How a request was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = RequestWay))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By the widget, on the owner's page or the hosted one.
    Widget,
    /// By the hosted page without JavaScript.
    WithoutScript,
    /// By a keyword from the handset.
    Keyword,
    /// By the owner, from another system of theirs: see [`HandedIn`].
    HandedIn,
}

/// A keyword as it was texted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeywordText {
    /// The word.
    pub word: String,
    /// The text that the form's version puts beside it, which the owner prints.
    pub beside: String,
    /// The SMS.
    pub sms: ReceivedSms,
}

/// An SMS from the handset, as the gateway brought it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceivedSms {
    /// The provider's id of it.
    pub id: String,
    /// The gateway.
    pub gateway: GatewayId,
    /// The sender that it came in at.
    pub to: String,
    /// When it came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Timestamp>,
    /// Whether the provider signed it. The simulated phone signs nothing.
    pub signature_verified: bool,
}

/// The confirmation SMS as it was sent (L5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentSms {
    /// The text, without the link's token: the event is no key to the link.
    pub text: String,
    /// The frozen template that it was made of, by its hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<TextHash>,
    /// SHA-256 of the link's token: the tap on it names the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub link_sha256: Option<TokenHash>,
    /// The sender.
    pub from: String,
    /// The gateway.
    pub gateway: GatewayId,
    /// The provider's id of it.
    pub message_id: Option<String>,
    /// When the provider took it; where nobody knows whether it did, when it was tried.
    pub sent_at: Option<Timestamp>,
    /// Our reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<MessageId>,
    /// The last delivery report before the yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryReport>,
}

impl SentSms {
    /// How far it has come; nothing where none was ordered.
    pub fn state(&self) -> Option<MessageState> {
        self.reference?;
        Some(match (self.delivery.as_ref().map(|report| report.state), self.sent_at, &self.message_id) {
            (Some(Delivery::Delivered), ..) => MessageState::Delivered,
            (Some(Delivery::Failed(_)), ..) => MessageState::Failed,
            (Some(Delivery::Sent), ..) | (None, Some(_), Some(_)) => MessageState::Sent,
            (None, Some(_), None) => MessageState::OutcomeUnknown,
            (None, None, _) => MessageState::Queued,
        })
    }
}

/// What the provider reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryReport {
    /// How far the SMS has come.
    pub state: Delivery,
    /// When we learned of it.
    pub at: Timestamp,
}
