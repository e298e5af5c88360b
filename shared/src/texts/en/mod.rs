pub mod pages;
pub mod problems;

use super::{
    facts::{Has, HelpFacts, HelpLink, KeywordFacts, Stopped, Waiting},
    language::{AgainTexts, ErrorTexts, Labels, Texts, capitalized, country_list, listed, topics, yes},
    phrases::{LintPhrases, Phrases},
};
use crate::{
    confirm::ConfirmBy,
    evidence::HandInChannel,
    phone::Country,
    settings::{Controller, Frequency, Period, Sender},
};

/// Plain English.
pub struct English;

fn period(period: Period) -> &'static str {
    match period {
        Period::Day => "a day",
        Period::Week => "a week",
        Period::Month => "a month",
    }
}

/// Follows "from".
fn country(code: &str) -> Option<&'static str> {
    match code {
        "DE" => Some("Germany"),
        "AT" => Some("Austria"),
        "CH" => Some("Switzerland"),
        _ => None,
    }
}

impl Texts for English {
    fn frequency(&self, frequency: Frequency) -> String {
        let texts = if frequency.max == 1 { "text" } else { "texts" };
        format!("up to {} {texts} {}", frequency.max, period(frequency.period))
    }

    fn form_title(&self, company: &str) -> String {
        format!("Texts from {company}")
    }

    fn purpose_heading(&self, label: &str) -> String {
        format!("{} by text", capitalized(label))
    }

    fn purpose_text(&self, wording: &str, frequency: &str) -> String {
        format!("We text you {wording}, {frequency}.")
    }

    fn purpose_box(&self, company: &str, wording: &str, frequency: &str, age: Option<u8>) -> String {
        let age = age.map(|age| format!(" {}", self.age_box(age))).unwrap_or_default();
        format!("Yes, {company} may text me {wording}, {frequency}.{age}")
    }

    fn age_box(&self, age: u8) -> String {
        format!("I am {age} or over.")
    }

    fn notes(&self, controller: &Controller, sender: &Sender, confirm: ConfirmBy, thanks: bool) -> Vec<String> {
        let cost = if sender.receives { " A reply costs what any other text costs on your plan." } else { "" };
        // A yes by reply counts wherever one can come in.
        let yes = match (confirm, sender.receives) {
            (ConfirmBy::Link | ConfirmBy::Both, false) => "say yes on the page the text links to",
            (ConfirmBy::Link | ConfirmBy::Both, true) => "reply OK or say yes on the page the text links to",
            (ConfirmBy::Reply, _) => "reply OK",
        };
        let depends = if thanks {
            " Only the thank-you depends on it. Once you have it, you keep it, even if you unsubscribe."
        } else {
            ""
        };
        let link = if confirm.link() { "in our text" } else { "in the text that confirms your yes" };
        let stop = if sender.receives { " or by replying STOP" } else { "" };
        let phone = controller.phone.as_ref().map(|phone| format!(", phone {phone}")).unwrap_or_default();
        vec![
            format!(
                "First we text you (from {}) to ask whether you want this. You're only signed up after you {yes}.",
                sender.from
            ),
            "We only text you about what you tick.".to_owned(),
            format!("We charge nothing for our texts; your provider may when you are abroad.{cost}"),
            format!("Saying yes is up to you. It's not a condition of any purchase or contract.{depends}"),
            format!(
                "You can withdraw your consent at any time: free with the link {link}{stop}. It takes effect at once. This doesn't affect texts we sent before."
            ),
            format!("Responsible: {}, {}, {}{phone}.", controller.name, controller.address, controller.email),
        ]
    }

    fn privacy_link(&self) -> &'static str {
        "Privacy notice"
    }

    fn imprint_link(&self) -> &'static str {
        "Imprint"
    }

    fn button(&self) -> &'static str {
        "Send me the confirmation text"
    }

    fn labels(&self, countries: &[Country], sender: &Sender, company: &str, confirm: ConfirmBy) -> Labels {
        let say = match confirm {
            ConfirmBy::Link => "Tap the link in it by {until} and say yes.",
            ConfirmBy::Reply => "Reply OK to it by {until}.",
            ConfirmBy::Both => "Reply OK to it by {until}, or tap the link in it and say yes there.",
        };
        let start = format!("text START to {}", sender.from);
        let link = "use the link in an earlier text from us";
        let back = match (sender.receives, confirm.link()) {
            (true, true) => format!("{start} or {link}"),
            (true, false) => start,
            (false, _) => link.to_owned(),
        };
        let several = countries.len() > 1;
        let home = country_list(countries.get(..1).unwrap_or_default(), "", country);
        let countries = country_list(countries, "or", country);
        Labels {
            number: "Your mobile number".to_owned(),
            number_hint: if several {
                format!(
                    "A number from {countries}. If it is not from {home}, please start with + and the country code."
                )
            } else {
                format!("A number from {countries}.")
            },
            summary: "Please check again".to_owned(),
            errors: ErrorTexts {
                empty: "Enter your mobile number.".to_owned(),
                letters: "Write the number with digits only, for example 0176 12345678.".to_owned(),
                too_short: "Some digits are missing. Please check the number again.".to_owned(),
                too_long: "The number has too many digits. Please check it again.".to_owned(),
                unknown_country: "There is no such country code. Check the digits after the plus.".to_owned(),
                unlisted_country: format!(
                    "We don't send texts to that country. Please enter a number from {countries}."
                ),
                not_mobile: "We can't send texts to this number. Please enter a mobile number.".to_owned(),
                no_purpose: "Tick which texts you would like.".to_owned(),
                no_age: "Please confirm your age, otherwise we may not text you.".to_owned(),
            },
            sending: "One moment …".to_owned(),
            offline: "There is no connection. What you entered is still here. Please try again in a moment.".to_owned(),
            refused: "That did not work. What you entered is still here. Please try again in a moment.".to_owned(),
            outdated: "The text has just changed. Please read it again and tick the boxes again.".to_owned(),
            done: "Almost done".to_owned(),
            next: format!("A text from {} is on its way to the number ending in {{ends}}. {say}", sender.from),
            without: format!("Without your yes, {company} will not text you."),
            no_sms: "No text yet?".to_owned(),
            change_number: "Change the number".to_owned(),
            again: "Send again".to_owned(),
            asked_again: AgainTexts {
                pause: "After a minute you can ask for the text again.".to_owned(),
                seconds: "In {seconds} seconds you can ask for the text again.".to_owned(),
                second: "In one second you can ask for the text again.".to_owned(),
                now: "Now you can ask for the text again.".to_owned(),
                early: "Too early: nothing was sent.".to_owned(),
                sent: "Your request was sent again at {at}. A text can take a few minutes.".to_owned(),
                known: "We have this request already.".to_owned(),
                spent: "You have asked for the text three times. No number gets more than three of them a day. If the number is wrong, change it. If it is right, wait a few minutes, or try again tomorrow.".to_owned(),
            },
            formerly: format!(
                "You may be signed up already, or have had three today. Did you unsubscribe earlier, or leave several texts unanswered? Then {back}."
            ),
            hosted: "Open the form on its own page".to_owned(),
        }
    }

    fn reward(&self, conditions: &str) -> String {
        format!("As a thank-you, after your yes you get: {conditions}")
    }

    fn and(&self) -> &'static str {
        " and "
    }

    fn yes(&self) -> &'static str {
        "OK"
    }

    fn confirmation_templates(&self, confirm: ConfirmBy, receives: bool, keyword: bool) -> [String; 2] {
        let sent = if keyword { "You texted {keyword}. " } else { "" };
        // Each topic says of what it counts so many: where there is no room, that names the channel.
        let ask = |by: &str| format!("{{company}}: {sent}Would you like {{topics}}{by}? You must be {{age}} or over.");
        let closing = match (confirm, keyword) {
            (ConfirmBy::Link | ConfirmBy::Both, true) => " Without a yes, no sign-up.",
            (ConfirmBy::Reply, true) => " Without OK, no sign-up.",
            (_, false) => " Not you? Just ignore this.",
        };
        [(ask(" by text"), closing, ", free"), (ask(""), "", "")].map(|(ask, closing, free)| match confirm {
            ConfirmBy::Link => {
                let out = if receives { "Opt out: there or STOP." } else { "Opt out: there, any time." };
                format!("{ask} Yes or no, free:\n{{link}}\n{out}{closing}")
            }
            ConfirmBy::Both => {
                format!("{ask} Reply {{yes}} (standard text rate) or here{free}:\n{{link}}\nOpt out: STOP or there.{closing}")
            }
            ConfirmBy::Reply => {
                format!("{ask} Reply {{yes}} (standard text rate). Opt out: STOP.{closing} Privacy:\n{{link}}")
            }
        })
    }

    fn keyword_text(&self, facts: &KeywordFacts) -> String {
        let KeywordFacts { word, number, company, wording, age, privacy_url, .. } = facts;
        let frequency = self.frequency(facts.frequency);
        // Whoever can text a word can answer with one.
        let say = match facts.confirm {
            ConfirmBy::Link | ConfirmBy::Both => "reply OK or say yes on the page our text links to",
            ConfirmBy::Reply => "reply OK",
        };
        let reward = facts.reward.map(|reward| format!(" {}", self.reward(reward))).unwrap_or_default();
        format!(
            "If you are {age} or over: text {word} to {number}. {company} then asks whether you would like {wording} by text, {frequency}. You're only signed up after you {say}.{reward} Each text from you costs your standard text rate; we charge nothing for ours. It is up to you, no condition of any purchase, and you can opt out at any time, for example with STOP. Privacy: {privacy_url}"
        )
    }

    fn already_sms(&self, company: &str, link: &str) -> String {
        format!("{company}: This number is already signed up. See or stop your texts:\n{link}")
    }

    fn fresh_link_sms(&self, company: &str, link: &str) -> String {
        format!(
            "{company}: See the data we hold about you (link works for 15 minutes):\n{link}\nDid not ask for it? Ignore this text."
        )
    }

    fn stopped_sms(&self, company: &str, stopped: Stopped) -> String {
        match stopped {
            Stopped::Everything(labels) => {
                let ended =
                    if labels.is_empty() { String::new() } else { format!(" ({})", listed(labels, self.and())) };
                format!("{company}: Done{ended}. You won't get any more texts from us. This is the last one.")
            }
            Stopped::Advertising => {
                format!("{company}: Done. You won't get any more advertising by text from us.")
            }
            Stopped::Purposes(labels) => {
                format!("{company}: Done. No more texts from us about: {}.", listed(labels, self.and()))
            }
        }
    }

    fn help_sms(&self, facts: &HelpFacts) -> String {
        let has = match &facts.has {
            Has::Nothing => "You are not signed up for any texts from us.".to_owned(),
            Has::These(purposes) => format!("You get {}.", topics(purposes, self)),
            Has::Unnamed => "You are signed up for texts from us.".to_owned(),
            Has::Asked(purposes) => format!("We have asked whether you want {}.", topics(purposes, self)),
        };
        let nothing = matches!(facts.has, Has::Nothing);
        let (out, link) = match facts.link {
            HelpLink::Theirs(link) if nothing => ("Your data with us", link),
            HelpLink::Theirs(link) => ("Opt out free here or with STOP (standard text rate)", link),
            HelpLink::Fresh(link) => ("Opt out: STOP (standard text rate). Your data (15 minutes)", link),
            HelpLink::Question(link) => ("Opt out: STOP. Yes or no free here", link),
            HelpLink::WayOut(link) => ("If texts come anyway: free here or with STOP (standard text rate)", link),
        };
        let name = facts.name.map(|name| format!("{name}, ")).unwrap_or_default();
        format!("{}: {has} {out}:\n{link}\nQuestions: {name}{}", facts.company, facts.contact)
    }

    fn agreed_sms(&self, company: &str, purposes: &[(&str, Frequency)], link: &str) -> String {
        let topics = topics(purposes, self);
        format!("{company}: Thank you! From now on you get {topics}. {}", self.free_way_out(link, true))
    }

    fn started_sms(&self, company: &str) -> String {
        format!(
            "{company}: Thank you. If somebody signs up with this number, we ask you by text again. START alone does not sign you up."
        )
    }

    fn unclear_sms(&self, company: &str, waiting: Waiting) -> String {
        let help = "Opt out: STOP. More: HELP.";
        match waiting {
            Waiting::Nothing => format!("{company}: We did not understand that. {help}"),
            Waiting::One { label, link } => {
                let free = link.map(|link| format!(" Or here, free:\n{link}\n")).unwrap_or_else(|| " ".to_owned());
                let yes = self.yes();
                format!(
                    "{company}: We did not understand that. Sign up for {label}: {yes}. Don't sign up: NO.{free}{help}"
                )
            }
            Waiting::Several(requests) => {
                let ways: Vec<_> = requests
                    .iter()
                    .map(|(code, label)| format!("{} for {label}", yes(self.yes(), Some(*code))))
                    .collect();
                format!("{company}: What do you say yes to? Reply {}. Opt out: STOP.", listed(&ways, " or "))
            }
        }
    }

    fn number_given(&self, channel: HandInChannel) -> &'static str {
        match channel {
            HandInChannel::Checkout => "Your number came with an order.",
            HandInChannel::Booking => "Your number came with a booking.",
            HandInChannel::Till => "Your number came from the till.",
            HandInChannel::Paper => "Your number came from a paper form.",
            HandInChannel::Phone => "Your number came by phone.",
            HandInChannel::Other => "Your number came in another way.",
        }
    }

    fn way_out(&self, link: &str, receives: bool) -> String {
        if receives { "Opt out: STOP".to_owned() } else { format!("Opt out:\n{link}") }
    }

    fn free_way_out(&self, link: &str, receives: bool) -> String {
        if receives { format!("Opt out:\n{link}\nor STOP") } else { format!("Opt out free:\n{link}") }
    }

    fn way_back(&self, link: &str) -> String {
        format!("Wasn't that you? The way back:\n{link}")
    }

    fn date_joint(&self) -> &'static str {
        " at "
    }

    fn clock(&self) -> &'static str {
        ""
    }

    fn phrases(&self) -> LintPhrases {
        LintPhrases {
            free: Phrases { known: &["free", "no charge", "costs nothing"], example: "free" },
            reply: Phrases {
                known: &["text rate", "standard rate", "message rate", "rates apply", "your plan"],
                example: "standard text rate",
            },
            out: Phrases { known: &["opt out", "unsubscribe", "withdraw", "stop"], example: "Opt out: STOP" },
        }
    }
}
