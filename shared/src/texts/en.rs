use super::{ErrorTexts, Labels, SmsFacts, Texts};
use crate::{
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
        format!("at most {} {}", frequency.max, period(frequency.period))
    }

    fn frequency_short(&self, frequency: Frequency) -> String {
        format!("max {} {}", frequency.max, period(frequency.period))
    }

    fn form_title(&self, company: &str) -> String {
        format!("Texts from {company}")
    }

    fn purpose_heading(&self, label: &str) -> String {
        format!("{} by text", super::capitalized(label))
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

    fn notes(&self, controller: &Controller, sender: &Sender) -> Vec<String> {
        let (stop, cost) = if sender.receives {
            (" or by replying STOP", " A reply costs what a text costs on your plan.")
        } else {
            ("", "")
        };
        let phone = controller.phone.as_ref().map(|phone| format!(", phone {phone}")).unwrap_or_default();
        vec![
            format!(
                "First you get one text from “{}” that asks you again. You are signed up only once you say yes there.",
                sender.from
            ),
            "We use your number only for what you tick.".to_owned(),
            format!("Receiving texts is free.{cost}"),
            "Saying yes is up to you. No purchase and no contract depends on it.".to_owned(),
            format!(
                "You can withdraw your consent at any time: by the link in our text{stop}. It takes effect at once. What we sent until then stays lawful."
            ),
            format!("Controller: {}, {}, {}{phone}.", controller.name, controller.address, controller.email),
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

    fn labels(&self, countries: &[Country], sender: &Sender, company: &str) -> Labels {
        let start = if sender.receives { format!("text START to {} or ", sender.from) } else { String::new() };
        let several = countries.len() > 1;
        let home = super::country_list(countries.get(..1).unwrap_or_default(), "", country);
        let countries = super::country_list(countries, "or", country);
        Labels {
            number: "Your mobile number".to_owned(),
            number_hint: if several {
                format!("A number from {countries}. If it is not from {home}, start with + and the country code.")
            } else {
                format!("A number from {countries}.")
            },
            summary: "Please check again".to_owned(),
            errors: ErrorTexts {
                empty: "Enter your mobile number.".to_owned(),
                letters: "Write the number with digits only, for example 0176 12345678.".to_owned(),
                too_short: "Some digits are missing. Compare the number with your phone.".to_owned(),
                too_long: "The number has too many digits. Compare it with your phone.".to_owned(),
                unknown_country: "There is no such country code. Check the digits after the plus.".to_owned(),
                unlisted_country: format!("We don't text that country. Use a number from {countries}."),
                not_mobile: "That is not a mobile number. Texts only reach a mobile phone.".to_owned(),
                no_purpose: "Tick which texts you would like.".to_owned(),
                no_age: "Confirm your age. Without it we may not text you.".to_owned(),
            },
            sending: "One moment …".to_owned(),
            offline: "There is no connection. What you entered is still here. Please try again in a moment.".to_owned(),
            refused: "That did not work. What you entered is still here. Please try again in a moment.".to_owned(),
            outdated: "The text has just changed. Please read it again and tick again.".to_owned(),
            done: "Almost done".to_owned(),
            next: format!(
                "A text from {} is on its way to the number ending in {{ends}}. Say yes there by {{until}}.",
                sender.from
            ),
            without: format!("Without your yes, {company} will not text you."),
            no_sms: "No text yet?".to_owned(),
            change_number: "Change the number".to_owned(),
            again: "Send again".to_owned(),
            formerly: format!("Did you unsubscribe earlier? Then {start}use the link in an earlier text from us."),
            hosted: "Open the form on its own page".to_owned(),
        }
    }

    fn confirmation_sms(&self, facts: &SmsFacts) -> String {
        let SmsFacts { company, age, link, .. } = facts;
        let out = if facts.receives { "Opt out: there or STOP." } else { "Opt out: there, any time." };
        let asked = super::asked(facts.purposes, " and ", |frequency| self.frequency_short(frequency));
        format!(
            "{company}: Would you like {asked} by text? You must be {age} or over. Yes or no, free:\n{link}\n{out} Not you? Just ignore this, nothing more will come."
        )
    }

    fn already_sms(&self, company: &str, link: &str) -> String {
        format!("{company}: You are already signed up. See or stop your texts:\n{link}")
    }

    fn fresh_link_sms(&self, company: &str, link: &str) -> String {
        format!("{company}: Your data with us, for 15 minutes:\n{link}\nDid not ask for it? Ignore this text.")
    }

    fn stopped_sms(&self, company: &str) -> String {
        format!("{company}: Done. You get no more texts from us, not even about orders. This was the last one.")
    }

    fn way_out(&self, link: &str, receives: bool) -> String {
        if receives { "Opt out: STOP".to_owned() } else { format!("Opt out:\n{link}") }
    }
}
