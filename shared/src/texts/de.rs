use super::{ErrorTexts, Labels, SmsFacts, Texts};
use crate::{
    phone::Country,
    settings::{Controller, Frequency, Period, Sender},
};

/// German, in the polite form.
pub struct German;

fn period(period: Period) -> &'static str {
    match period {
        Period::Day => "am Tag",
        Period::Week => "in der Woche",
        Period::Month => "im Monat",
    }
}

/// Follows "aus".
fn country(code: &str) -> Option<&'static str> {
    match code {
        "DE" => Some("Deutschland"),
        "AT" => Some("Österreich"),
        "CH" => Some("der Schweiz"),
        _ => None,
    }
}

impl Texts for German {
    fn frequency(&self, frequency: Frequency) -> String {
        format!("höchstens {} {}", frequency.max, period(frequency.period))
    }

    fn frequency_short(&self, frequency: Frequency) -> String {
        format!("max. {} {}", frequency.max, period(frequency.period))
    }

    fn form_title(&self, company: &str) -> String {
        format!("SMS von {company}")
    }

    fn purpose_heading(&self, label: &str) -> String {
        format!("{} per SMS", super::capitalized(label))
    }

    fn purpose_text(&self, wording: &str, frequency: &str) -> String {
        format!("Sie bekommen {wording} auf Ihr Handy, {frequency}.")
    }

    fn purpose_box(&self, company: &str, wording: &str, frequency: &str, age: Option<u8>) -> String {
        let age = age.map(|age| format!(" {}", self.age_box(age))).unwrap_or_default();
        format!("Ja, {company} darf mir {wording} per SMS schicken, {frequency}.{age}")
    }

    fn age_box(&self, age: u8) -> String {
        format!("Ich bin mindestens {age} Jahre alt.")
    }

    fn notes(&self, controller: &Controller, sender: &Sender) -> Vec<String> {
        let (stop, cost) = if sender.receives {
            (" oder mit der Antwort STOP", " Eine Antwort kostet so viel wie jede SMS in Ihrem Tarif.")
        } else {
            ("", "")
        };
        let phone = controller.phone.as_ref().map(|phone| format!(", Telefon {phone}")).unwrap_or_default();
        vec![
            format!(
                "Sie bekommen zuerst eine SMS von „{}“. Darin fragen wir nach. Erst mit Ihrem Ja dort sind Sie angemeldet.",
                sender.from
            ),
            "Ihre Nummer verwenden wir nur für das, was Sie ankreuzen.".to_owned(),
            format!("Der Empfang kostet Sie nichts.{cost}"),
            "Ihre Einwilligung ist freiwillig. Kein Kauf und kein Vertrag hängt von ihr ab.".to_owned(),
            format!(
                "Sie können sie jederzeit widerrufen: über den Link in der SMS{stop}. Das gilt sofort. Was wir bis dahin geschickt haben, bleibt rechtmäßig."
            ),
            format!("Verantwortlich: {}, {}, {}{phone}.", controller.name, controller.address, controller.email),
        ]
    }

    fn privacy_link(&self) -> &'static str {
        "Datenschutz"
    }

    fn imprint_link(&self) -> &'static str {
        "Impressum"
    }

    fn button(&self) -> &'static str {
        "Bestätigungs-SMS anfordern"
    }

    fn labels(&self, countries: &[Country], sender: &Sender, company: &str) -> Labels {
        let start =
            if sender.receives { format!("schicken Sie START an {} oder ", sender.from) } else { String::new() };
        let several = countries.len() > 1;
        let home = super::country_list(countries.get(..1).unwrap_or_default(), "", country);
        let countries = super::country_list(countries, "oder", country);
        Labels {
            number: "Ihre Handynummer".to_owned(),
            number_hint: if several {
                format!(
                    "Eine Nummer aus {countries}. Ist sie nicht aus {home}, beginnen Sie mit + und der Ländervorwahl."
                )
            } else {
                format!("Eine Nummer aus {countries}.")
            },
            summary: "Bitte noch einmal prüfen".to_owned(),
            errors: ErrorTexts {
                empty: "Geben Sie Ihre Handynummer ein.".to_owned(),
                letters: "Schreiben Sie die Nummer nur mit Ziffern, zum Beispiel 0176 12345678.".to_owned(),
                too_short: "In der Nummer fehlen Ziffern. Vergleichen Sie sie bitte mit Ihrem Handy.".to_owned(),
                too_long: "Die Nummer hat zu viele Ziffern. Vergleichen Sie sie bitte mit Ihrem Handy.".to_owned(),
                unknown_country: "Diese Ländervorwahl gibt es nicht. Prüfen Sie die Ziffern nach dem Plus.".to_owned(),
                unlisted_country: format!(
                    "An dieses Land schicken wir keine SMS. Nehmen Sie eine Nummer aus {countries}."
                ),
                not_mobile: "Das ist keine Handynummer. SMS kommen nur auf einem Handy an.".to_owned(),
                no_purpose: "Kreuzen Sie an, welche SMS Sie bekommen möchten.".to_owned(),
                no_age: "Bestätigen Sie Ihr Alter. Ohne das dürfen wir Ihnen nichts schicken.".to_owned(),
            },
            sending: "Einen Moment …".to_owned(),
            offline:
                "Wir haben keine Verbindung. Ihre Angaben sind noch da. Versuchen Sie es bitte gleich noch einmal."
                    .to_owned(),
            refused: "Das hat nicht geklappt. Ihre Angaben sind noch da. Versuchen Sie es bitte gleich noch einmal."
                .to_owned(),
            outdated: "Der Text hat sich gerade geändert. Lesen Sie ihn bitte noch einmal und kreuzen Sie neu an."
                .to_owned(),
            done: "Fast geschafft".to_owned(),
            next: format!(
                "Gleich kommt eine SMS von {} an die Nummer, die auf {{ends}} endet. Sagen Sie darin bis {{until}} Ja.",
                sender.from
            ),
            without: format!("Ohne Ihr Ja schickt {company} Ihnen nichts."),
            no_sms: "Keine SMS bekommen?".to_owned(),
            change_number: "Nummer ändern".to_owned(),
            again: "Noch einmal senden".to_owned(),
            formerly: format!(
                "Haben Sie sich früher abgemeldet? Dann {start}{} den Link in einer früheren SMS von uns.",
                if start.is_empty() { "nutzen Sie" } else { "nutzen" }
            ),
            hosted: "Formular auf einer eigenen Seite öffnen".to_owned(),
        }
    }

    fn confirmation_sms(&self, facts: &SmsFacts) -> String {
        let SmsFacts { company, age, link, .. } = facts;
        let out = if facts.receives { "Abmelden: dort oder STOP." } else { "Abmelden: jederzeit dort." };
        let asked = super::asked(facts.purposes, " und ", |frequency| self.frequency_short(frequency));
        format!(
            "{company}: Möchten Sie {asked} per SMS, ab {age} Jahren? Ja oder Nein, kostenlos:\n{link}\n{out} Nicht von Ihnen? Ignorieren genügt, mehr kommt nicht."
        )
    }

    fn already_sms(&self, company: &str, link: &str) -> String {
        format!("{company}: Sie sind bereits angemeldet. Ihre SMS ansehen oder abbestellen:\n{link}")
    }

    fn fresh_link_sms(&self, company: &str, link: &str) -> String {
        format!(
            "{company}: Ihre Daten bei uns, 15 Minuten lang:\n{link}\nNicht angefordert? Dann ignorieren Sie diese SMS."
        )
    }

    fn stopped_sms(&self, company: &str) -> String {
        format!(
            "{company}: Abgemeldet. Sie bekommen keine SMS mehr von uns, auch nicht zu Bestellungen. Das war die letzte."
        )
    }

    fn way_out(&self, link: &str, receives: bool) -> String {
        if receives { "Abmelden: STOP".to_owned() } else { format!("Abmelden:\n{link}") }
    }
}
