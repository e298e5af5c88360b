use serde::{Deserialize, Serialize};

use super::{Stored, Upgrade};
use crate::{evidence::ReceivedSms, inbox::HumanAnswer, lang::Lang};

/// A reply that waits for a human, as it is kept, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptReply {
    /// Its words, the first of them where there are very many.
    pub text: String,
    pub sms: ReceivedSms,
    /// In which language we write to its person.
    pub lang: Lang,
}

impl KeptReply {
    /// The most characters that are kept: no SMS has so many.
    const MOST: usize = 10_000;

    pub fn new(text: &str, sms: ReceivedSms, lang: Lang) -> Self {
        Self { text: text.chars().take(Self::MOST).collect(), sms, lang }
    }
}

impl Stored for KeptReply {
    const NAME: &'static str = "reply that waits for a human";
    const UPGRADES: &'static [Upgrade] = &[];
}

impl Stored for HumanAnswer {
    const NAME: &'static str = "human's answer to a reply";
    const UPGRADES: &'static [Upgrade] = &[];
}
