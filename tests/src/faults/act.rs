//! What people, the provider and the owner do: every command of the edge, with what it must lead to.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// A form is submitted.
    Request,
    /// A keyword comes in.
    Keyword,
    YesByLink,
    YesByReply,
    /// A yes to what has a reward: a code is taken and sent.
    YesWithReward,
    No,
    Refuse,
    WrongNumber,
    Stop,
    StopAdvertising,
    Unclear,
    /// A human answers what nobody understood.
    AnswerInbox,
    Object,
    /// After a no.
    Start,
    /// Asks for a fresh link.
    /// Calls for help.
    Help,
    Info,
    Withdraw,
    /// Ends everything by the code of an advertising SMS.
    Leave,
    Erase,
    /// The owner hands a request in.
    HandIn,
    /// The owner passes on that the person takes everything back.
    PassOn,
    /// The owner passes on that the person wants to be erased.
    PassOnErasure,
    /// The owner sends.
    Message,
    Delivered,
    /// The third message in a row that the handset can't get.
    Undelivered,
    /// A consent that nobody has used for long.
    Lapse,
    /// A request that nobody has answered.
    Expire,
    /// Nothing is needed any more of who never agreed: the object goes.
    Forget,
    Batch,
    Settings,
    Form,
    Codes,
    Replay,
}

/// What a story must end like, by hand.
pub struct Model {
    /// Of the purpose, or the reason why no SMS may leave.
    pub standing: &'static str,
    pub sms: usize,
    pub told: &'static [&'static str],
}

const REQUESTED: &str = "consent.requested";
const CONFIRMED: &str = "consent.confirmed";
const WITHDRAWN: &str = "consent.withdrawn";
const UNCLEAR: &str = "reply.unclear";
const FAILED: &str = "message.failed";

impl Act {
    pub const ALL: [Self; 33] = [
        Self::Request,
        Self::Keyword,
        Self::YesByLink,
        Self::YesByReply,
        Self::YesWithReward,
        Self::No,
        Self::Refuse,
        Self::WrongNumber,
        Self::Stop,
        Self::StopAdvertising,
        Self::Unclear,
        Self::AnswerInbox,
        Self::Object,
        Self::Start,
        Self::Help,
        Self::Info,
        Self::Withdraw,
        Self::Leave,
        Self::Erase,
        Self::HandIn,
        Self::PassOn,
        Self::PassOnErasure,
        Self::Message,
        Self::Delivered,
        Self::Undelivered,
        Self::Lapse,
        Self::Expire,
        Self::Forget,
        Self::Batch,
        Self::Settings,
        Self::Form,
        Self::Codes,
        Self::Replay,
    ];

    /// What a month after it must be true of the person.
    pub fn model(self) -> Model {
        let (standing, sms, told): (_, _, &[_]) = match self {
            Self::Request | Self::HandIn | Self::Keyword | Self::No | Self::Refuse | Self::Expire | Self::Forget => {
                ("unknown", 1, &[REQUESTED])
            }
            Self::Start => ("unknown", 2, &[REQUESTED]),
            Self::YesByLink => ("allowed", 1, &[REQUESTED, CONFIRMED]),
            // A yes by reply is acknowledged.
            Self::YesByReply | Self::Replay => ("allowed", 2, &[REQUESTED, CONFIRMED]),
            Self::YesWithReward => ("unknown", 3, &[REQUESTED, CONFIRMED]),
            Self::WrongNumber => ("withdrawn", 2, &[REQUESTED, CONFIRMED, WITHDRAWN]),
            Self::Stop => ("withdrawn", 3, &[REQUESTED, CONFIRMED, WITHDRAWN, WITHDRAWN, WITHDRAWN]),
            Self::StopAdvertising => ("withdrawn", 3, &[REQUESTED, CONFIRMED, WITHDRAWN, WITHDRAWN]),
            Self::Unclear => ("allowed", 3, &[REQUESTED, CONFIRMED, UNCLEAR]),
            Self::AnswerInbox => ("withdrawn", 4, &[REQUESTED, CONFIRMED, UNCLEAR, WITHDRAWN]),
            Self::Help | Self::Info | Self::Message | Self::Batch => ("allowed", 3, &[REQUESTED, CONFIRMED]),
            Self::Delivered => ("allowed", 3, &[REQUESTED, CONFIRMED, "message.delivered"]),
            // Both purposes that advertise, the one that was never asked for too.
            Self::Object => ("objected", 2, &[REQUESTED, CONFIRMED, WITHDRAWN, WITHDRAWN]),
            Self::Leave => ("withdrawn", 4, &[REQUESTED, CONFIRMED, WITHDRAWN]),
            Self::Withdraw => ("withdrawn", 2, &[REQUESTED, CONFIRMED, WITHDRAWN]),
            Self::Erase => ("erased", 3, &[REQUESTED, CONFIRMED, WITHDRAWN]),
            Self::PassOn => ("withdrawn", 3, &[REQUESTED, CONFIRMED, WITHDRAWN]),
            Self::PassOnErasure => ("erased", 2, &[REQUESTED, CONFIRMED, WITHDRAWN]),
            Self::Undelivered => ("suspended", 5, &[REQUESTED, CONFIRMED, FAILED, FAILED, FAILED, WITHDRAWN]),
            Self::Lapse => ("lapsed", 2, &[REQUESTED, CONFIRMED, "consent.lapsed"]),
            Self::Settings | Self::Form | Self::Codes => ("unknown", 0, &[]),
        };
        Model { standing, sms, told }
    }
}
