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

/// German, in the polite form.
pub struct German;

fn period(period: Period) -> &'static str {
    match period {
        Period::Day => "am Tag",
        Period::Week => "pro Woche",
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
        format!("höchstens {} SMS {}", frequency.max, period(frequency.period))
    }

    fn frequency_short(&self, frequency: Frequency) -> String {
        format!("max. {} SMS {}", frequency.max, period(frequency.period))
    }

    fn form_title(&self, company: &str) -> String {
        format!("SMS von {company}")
    }

    fn purpose_heading(&self, label: &str) -> String {
        format!("{} per SMS", capitalized(label))
    }

    fn purpose_text(&self, wording: &str, frequency: &str) -> String {
        format!("Sie bekommen per SMS {wording}, {frequency}.")
    }

    fn purpose_box(&self, company: &str, wording: &str, frequency: &str, age: Option<u8>) -> String {
        let age = age.map(|age| format!(" {}", self.age_box(age))).unwrap_or_default();
        format!("Ja, {company} darf mir {wording} per SMS schicken, {frequency}.{age}")
    }

    fn age_box(&self, age: u8) -> String {
        format!("Ich bin mindestens {age} Jahre alt.")
    }

    fn notes(&self, controller: &Controller, sender: &Sender, confirm: ConfirmBy, thanks: bool) -> Vec<String> {
        let cost =
            if sender.receives { " Eine Antwort kostet so viel wie jede andere SMS in Ihrem Tarif." } else { "" };
        // A yes by reply counts wherever one can come in.
        let yes = match (confirm, sender.receives) {
            (ConfirmBy::Link | ConfirmBy::Both, false) => "auf der Seite Ja sagen, zu der die SMS führt",
            (ConfirmBy::Link | ConfirmBy::Both, true) => {
                "mit JA antworten oder auf der Seite Ja sagen, zu der die SMS führt"
            }
            (ConfirmBy::Reply, _) => "mit JA antworten",
        };
        let depends = if thanks {
            " Nur der Dank hängt davon ab. Haben Sie ihn bekommen, behalten Sie ihn auch nach dem Abmelden."
        } else {
            ""
        };
        let link = if confirm.link() { "in der SMS" } else { "in der SMS, die Ihr Ja bestätigt," };
        let stop = if sender.receives { " oder mit der Antwort STOP" } else { "" };
        let phone = controller.phone.as_ref().map(|phone| format!(", Telefon {phone}")).unwrap_or_default();
        vec![
            format!(
                "Zuerst fragen wir Sie per SMS (Absender: {}), ob Sie das möchten. Angemeldet sind Sie erst, wenn Sie {yes}.",
                sender.from
            ),
            "Wir schreiben Ihnen nur zu dem, was Sie ankreuzen.".to_owned(),
            format!("Der Empfang kostet Sie nichts.{cost}"),
            format!(
                "Ihre Einwilligung ist freiwillig. Sie ist keine Bedingung für einen Kauf oder einen Vertrag.{depends}"
            ),
            format!(
                "Sie können sie jederzeit widerrufen: kostenlos über den Link {link}{stop}. Der Widerruf gilt ab sofort, nicht rückwirkend."
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

    fn labels(&self, countries: &[Country], sender: &Sender, company: &str, confirm: ConfirmBy) -> Labels {
        let say = match confirm {
            ConfirmBy::Link => "Tippen Sie bis {until} auf den Link darin und sagen Sie Ja.",
            ConfirmBy::Reply => "Antworten Sie darauf bis {until} mit JA.",
            ConfirmBy::Both => {
                "Antworten Sie darauf bis {until} mit JA oder tippen Sie auf den Link darin und sagen Sie dort Ja."
            }
        };
        let start = format!("schicken Sie START an {}", sender.from);
        let link = "den Link in einer früheren SMS von uns";
        let back = match (sender.receives, confirm.link()) {
            (true, true) => format!("{start} oder nutzen Sie {link}"),
            (true, false) => start,
            (false, _) => format!("nutzen Sie {link}"),
        };
        let several = countries.len() > 1;
        let home = country_list(countries.get(..1).unwrap_or_default(), "", country);
        let countries = country_list(countries, "oder", country);
        Labels {
            number: "Ihre Handynummer".to_owned(),
            number_hint: if several {
                format!(
                    "Eine Nummer aus {countries}. Ist sie nicht aus {home}, beginnen Sie bitte mit + und der Ländervorwahl."
                )
            } else {
                format!("Eine Nummer aus {countries}.")
            },
            summary: "Bitte noch einmal prüfen".to_owned(),
            errors: ErrorTexts {
                empty: "Geben Sie Ihre Handynummer ein.".to_owned(),
                letters: "Schreiben Sie die Nummer nur mit Ziffern, zum Beispiel 0176 12345678.".to_owned(),
                too_short: "In der Nummer fehlen Ziffern. Bitte prüfen Sie sie noch einmal.".to_owned(),
                too_long: "Die Nummer hat zu viele Ziffern. Bitte prüfen Sie sie noch einmal.".to_owned(),
                unknown_country: "Diese Ländervorwahl gibt es nicht. Prüfen Sie die Ziffern nach dem Plus.".to_owned(),
                unlisted_country: format!(
                    "In dieses Land schicken wir keine SMS. Geben Sie bitte eine Nummer aus {countries} an."
                ),
                not_mobile: "An diese Nummer können wir keine SMS schicken. Geben Sie bitte eine Handynummer an."
                    .to_owned(),
                no_purpose: "Kreuzen Sie an, welche SMS Sie bekommen möchten.".to_owned(),
                no_age: "Bestätigen Sie bitte Ihr Alter, sonst dürfen wir Ihnen nichts schicken.".to_owned(),
            },
            sending: "Einen Moment …".to_owned(),
            offline:
                "Wir haben keine Verbindung. Ihre Angaben sind noch da. Versuchen Sie es bitte gleich noch einmal."
                    .to_owned(),
            refused: "Das hat nicht geklappt. Ihre Angaben sind noch da. Versuchen Sie es bitte gleich noch einmal."
                .to_owned(),
            outdated:
                "Der Text hat sich gerade geändert. Lesen Sie ihn bitte noch einmal und setzen Sie die Häkchen neu."
                    .to_owned(),
            done: "Fast geschafft".to_owned(),
            next: format!("Gleich kommt eine SMS von {} an die Nummer, die auf {{ends}} endet. {say}", sender.from),
            without: format!("Ohne Ihr Ja schickt {company} Ihnen nichts."),
            no_sms: "Keine SMS bekommen?".to_owned(),
            change_number: "Nummer ändern".to_owned(),
            again: "Noch einmal senden".to_owned(),
            asked_again: AgainTexts {
                pause: "Nach einer Minute können Sie die SMS noch einmal anfordern.".to_owned(),
                seconds: "In {seconds} Sekunden können Sie die SMS noch einmal anfordern.".to_owned(),
                second: "In einer Sekunde können Sie die SMS noch einmal anfordern.".to_owned(),
                now: "Jetzt können Sie die SMS noch einmal anfordern.".to_owned(),
                early: "Noch zu früh: Es wurde nichts gesendet.".to_owned(),
                sent: "Ihre Anfrage wurde um {at} noch einmal gesendet. Eine SMS kann einige Minuten brauchen.".to_owned(),
                known: "Diese Anfrage haben wir schon bekommen.".to_owned(),
                spent: "Sie haben die SMS dreimal angefordert. Mehr als drei solche SMS am Tag schicken wir an keine Nummer. Ist die Nummer falsch, ändern Sie sie. Stimmt sie, warten Sie einige Minuten, oder versuchen Sie es morgen noch einmal.".to_owned(),
            },
            formerly: format!(
                "Vielleicht sind Sie schon angemeldet, oder heute kamen schon drei SMS. Haben Sie sich früher abgemeldet oder mehrere SMS nicht beantwortet? Dann {back}."
            ),
            hosted: "Formular auf einer eigenen Seite öffnen".to_owned(),
        }
    }

    fn reward(&self, conditions: &str) -> String {
        format!("Als Dank bekommen Sie nach Ihrem Ja: {conditions}")
    }

    fn and(&self) -> &'static str {
        " und "
    }

    fn yes(&self) -> &'static str {
        "JA"
    }

    fn confirmation_templates(&self, confirm: ConfirmBy, receives: bool, keyword: bool) -> [String; 2] {
        let sent = if keyword { "Sie haben {keyword} gesendet. " } else { "" };
        // Each topic says of what it counts so many: where there is no room, that names the channel.
        let ask = |by: &str| format!("{{company}}: {sent}Möchten Sie {{topics}}{by}? Ab {{age}} Jahren.");
        let closing = match (confirm, keyword) {
            (ConfirmBy::Link | ConfirmBy::Both, true) => " Ohne Ja keine Anmeldung.",
            (ConfirmBy::Reply, true) => " Ohne JA keine Anmeldung.",
            // Strangers may type the number again: "no more SMS" would be untrue.
            (_, false) => " Nicht von Ihnen? Dann tun Sie nichts.",
        };
        [(ask(" per SMS"), closing, " kostenlos"), (ask(""), "", "")].map(|(ask, closing, free)| match confirm {
            ConfirmBy::Link => {
                let out = if receives { "Abmelden: dort oder STOP." } else { "Abmelden: jederzeit dort." };
                format!("{ask} Ja oder Nein, kostenlos:\n{{link}}\n{out}{closing}")
            }
            ConfirmBy::Both => format!(
                "{ask} Antworten Sie {{yes}} (normaler SMS-Preis) oder{free} hier:\n{{link}}\nAbmelden: STOP oder dort.{closing}"
            ),
            ConfirmBy::Reply => format!(
                "{ask} Antworten Sie {{yes}} (normaler SMS-Preis). Abmelden: STOP.{closing} Datenschutz:\n{{link}}"
            ),
        })
    }

    fn keyword_text(&self, facts: &KeywordFacts) -> String {
        let KeywordFacts { word, number, company, wording, age, privacy_url, .. } = facts;
        let frequency = self.frequency(facts.frequency);
        // Whoever can text a word can answer with one.
        let say = match facts.confirm {
            ConfirmBy::Link | ConfirmBy::Both => {
                "mit JA antworten oder auf der Seite Ja sagen, zu der unsere SMS führt"
            }
            ConfirmBy::Reply => "mit JA antworten",
        };
        let reward = facts.reward.map(|reward| format!(" {}", self.reward(reward))).unwrap_or_default();
        format!(
            "Ab {age} Jahren: Senden Sie {word} per SMS an {number}. {company} fragt dann nach, ob Sie per SMS {wording} möchten, {frequency}. Angemeldet sind Sie erst, wenn Sie {say}.{reward} Jede SMS von Ihnen kostet den normalen SMS-Preis, der Empfang nichts. Freiwillig, keine Bedingung für einen Kauf und jederzeit abbestellbar, auch mit STOP. Datenschutz: {privacy_url}"
        )
    }

    fn already_sms(&self, company: &str, link: &str) -> String {
        format!("{company}: Diese Nummer ist schon angemeldet. Ansehen oder abmelden:\n{link}")
    }

    fn fresh_link_sms(&self, company: &str, link: &str) -> String {
        format!(
            "{company}: Was wir über Sie gespeichert haben (Link gilt 15 Minuten):\n{link}\nNicht angefordert? Dann ignorieren Sie diese SMS."
        )
    }

    fn stopped_sms(&self, company: &str, stopped: Stopped) -> String {
        match stopped {
            Stopped::Everything(labels) => {
                let ended =
                    if labels.is_empty() { String::new() } else { format!(" ({})", listed(labels, self.and())) };
                format!("{company}: Abgemeldet{ended}. Sie bekommen keine SMS mehr von uns. Dies ist die letzte.")
            }
            Stopped::Advertising => {
                format!("{company}: Abgemeldet. Sie bekommen keine Werbung mehr per SMS von uns.")
            }
            Stopped::Purposes(labels) => {
                format!("{company}: Abgemeldet. Keine SMS mehr von uns zu: {}.", listed(labels, self.and()))
            }
        }
    }

    fn help_sms(&self, facts: &HelpFacts) -> String {
        let has = match &facts.has {
            Has::Nothing => "Sie sind für keine SMS von uns angemeldet.".to_owned(),
            Has::These(purposes) => format!("Sie bekommen {}.", topics(purposes, self)),
            Has::Unnamed => "Sie sind bei uns für SMS angemeldet.".to_owned(),
            Has::Asked(purposes) => format!("Wir haben gefragt, ob Sie {} möchten.", topics(purposes, self)),
        };
        let nothing = matches!(facts.has, Has::Nothing);
        let (out, link) = match facts.link {
            HelpLink::Theirs(link) if nothing => ("Ihre Daten bei uns", link),
            HelpLink::Theirs(link) => ("Abmelden kostenlos hier oder mit STOP (normaler SMS-Preis)", link),
            HelpLink::Fresh(link) => ("Abmelden: STOP (normaler SMS-Preis). Ihre Daten (15 Minuten)", link),
            HelpLink::Question(link) => ("Abmelden: STOP. Ja oder Nein kostenlos hier", link),
            HelpLink::WayOut(link) => ("Kommen doch SMS: kostenlos hier oder mit STOP (normaler SMS-Preis)", link),
        };
        let name = facts.name.map(|name| format!("{name}, ")).unwrap_or_default();
        format!("{}: {has} {out}:\n{link}\nFragen: {name}{}", facts.company, facts.contact)
    }

    fn agreed_sms(&self, company: &str, purposes: &[(&str, Frequency)], link: &str) -> String {
        let topics = topics(purposes, self);
        format!("{company}: Danke! Sie bekommen ab jetzt {topics}. {}", self.free_way_out(link, true))
    }

    fn started_sms(&self, company: &str) -> String {
        format!(
            "{company}: Danke. Meldet sich jemand mit dieser Nummer an, fragen wir wieder per SMS nach. START allein ist keine Anmeldung."
        )
    }

    fn unclear_sms(&self, company: &str, waiting: Waiting) -> String {
        let help = "Abmelden: STOP. Mehr erfahren: HILFE.";
        match waiting {
            Waiting::Nothing => format!("{company}: Das haben wir nicht verstanden. {help}"),
            Waiting::One { label, link } => {
                let free = link.map(|link| format!(" Oder kostenlos:\n{link}\n")).unwrap_or_else(|| " ".to_owned());
                let yes = self.yes();
                format!(
                    "{company}: Das haben wir nicht verstanden. Anmelden für {label}: {yes}. Nicht anmelden: NEIN.{free}{help}"
                )
            }
            Waiting::Several(requests) => {
                let ways: Vec<_> = requests
                    .iter()
                    .map(|(code, label)| format!("{} für {label}", yes(self.yes(), Some(*code))))
                    .collect();
                format!("{company}: Wozu sagen Sie Ja? Antworten Sie {}. Abmelden: STOP.", listed(&ways, " oder "))
            }
        }
    }

    fn number_given(&self, channel: HandInChannel) -> &'static str {
        match channel {
            HandInChannel::Checkout => "Ihre Nummer kam mit einer Bestellung.",
            HandInChannel::Booking => "Ihre Nummer kam mit einer Buchung.",
            HandInChannel::Till => "Ihre Nummer kam von der Kasse.",
            HandInChannel::Paper => "Ihre Nummer kam von einem Formular auf Papier.",
            HandInChannel::Phone => "Ihre Nummer kam per Telefon.",
            HandInChannel::Other => "Ihre Nummer kam auf anderem Weg.",
        }
    }

    fn way_out(&self, link: &str, receives: bool) -> String {
        if receives { "Abmelden: STOP".to_owned() } else { format!("Abmelden:\n{link}") }
    }

    fn free_way_out(&self, link: &str, receives: bool) -> String {
        if receives { format!("Abmelden:\n{link}\noder STOP") } else { format!("Abmelden kostenlos:\n{link}") }
    }

    fn way_back(&self, link: &str) -> String {
        format!("Waren Sie das nicht? Hier geht es zurück:\n{link}")
    }

    fn date_joint(&self) -> &'static str {
        " um "
    }

    fn clock(&self) -> &'static str {
        " Uhr"
    }

    fn phrases(&self) -> LintPhrases {
        LintPhrases {
            free: Phrases { known: &["kostenlos", "kostenfrei", "kostet nichts"], example: "kostenlos" },
            reply: Phrases {
                known: &["sms preis", "sms tarif", "ihrem tarif", "kostet so viel wie"],
                example: "normaler SMS-Preis",
            },
            out: Phrases {
                known: &["abmelden", "abbestellen", "abmeldung", "widerrufen", "stop"],
                example: "Abmelden: STOP",
            },
        }
    }
}
