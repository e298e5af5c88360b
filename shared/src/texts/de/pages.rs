use crate::subject::PurposeState;
use crate::texts::pages::page_texts::{
    AfterTexts, AskTexts, LeaveTexts, ManageTexts, Milestone, Notice, NumberTexts, PageTexts, PhoneTexts, StoredTexts,
};

/// German, in the polite form.
pub static PAGES: PageTexts = PageTexts {
    never_asked: "Nach Passwörtern oder Bankdaten fragen wir nie.",
    controller: "Verantwortlich",
    ask: AskTexts {
        title: |company| format!("Möchten Sie SMS von {company}?"),
        number: |ends| {
            format!(
                "Jemand hat uns die Nummer genannt, die auf {ends} endet. Waren Sie das, und möchten Sie diese SMS? Dann sagen Sie bitte Ja."
            )
        },
        declares: "Das erklären Sie mit Ihrem Ja",
        notes: "Bitte vorher lesen",
        until: |until| format!("Antworten können Sie bis {until}. Ohne Ihr Ja melden wir Sie nicht an."),
        yes: "Ja, ich möchte diese SMS",
        no: "Nein, keine SMS",
    },
    after: AfterTexts {
        confirmed: "Danke, Sie sind angemeldet",
        already: "Sie sind schon angemeldet",
        at: |at| format!("Sie haben am {at} Ja gesagt."),
        gets: "Das schicken wir Ihnen",
        way_out: "Über den Link in der SMS können Sie sich jederzeit wieder abmelden. Heben Sie die SMS am besten auf.",
        to_way_out: "Meine Anmeldungen ansehen oder beenden",
        refused: "In Ordnung, die Anfrage ist beendet",
        refused_text: "Ihre Nummer ist jetzt für Anmeldungen auf Webseiten gesperrt: Auch wenn jemand sie dort noch einmal einträgt, schicken wir Ihnen deshalb keine SMS.",
        slip: "Wollten Sie doch Ja sagen? Dann heben Sie die Sperre auf und füllen Sie das Formular noch einmal aus.",
        to_allow: "Sperre ansehen oder aufheben",
        expired: "Sie sind nicht angemeldet",
        expired_text: "Die Anfrage galt 48 Stunden und ist abgelaufen. Sonst hat sich nichts geändert.",
        again: "Neu anmelden",
        superseded: "Es gibt eine neuere SMS von uns",
        superseded_text: "Zu dieser Anmeldung haben Sie danach noch eine SMS bekommen. Antworten Sie bitte über den Link in der neueren; dieser hier bewirkt nichts mehr.",
        dead: "Dieser Link führt nicht mehr weiter",
        dead_text: "Vielleicht fehlt ihm am Ende ein Stück. Tippen Sie ihn am besten direkt in der SMS an. Ein sicherer Link gilt nur 15 Minuten, und es zählt der neueste. An Ihren Anmeldungen hat sich nichts geändert.",
        fresh: "Neuen Link anfordern",
    },
    manage: ManageTexts {
        title: |company| format!("Ihre SMS von {company}"),
        number: |ends| format!("An die Nummer, die auf {ends} endet"),
        none: "Sie sind bei uns für keine SMS angemeldet.",
        withdraw: "Abmelden",
        cancel: "Anfrage beenden",
        withdraw_all: "Alle SMS abbestellen",
        object: "Möchten Sie von uns keine Werbung mehr?",
        object_text: "Dann widersprechen Sie hier aller Werbung von uns. Das reicht weiter als Abmelden: Wir verwenden Ihre Nummer nicht mehr für Werbung. Wenn jemand sie auf einer Webseite einträgt, bekommen Sie auch keine Rückfrage mehr, bis Sie das selbst wieder erlauben.",
        object_to: |company| format!("Keine Werbung mehr von {company}"),
        suppressed: "Ihre Nummer ist für Anmeldungen auf Webseiten gesperrt",
        suppressed_text: "Wenn jemand sie auf einer Webseite einträgt, schicken wir Ihnen deshalb keine SMS. Möchten Sie sich dort selbst wieder anmelden? Dann heben Sie die Sperre vorher auf.",
        allow: "Sperre aufheben",
        stored: "Was ist über mich gespeichert?",
        stored_text: "Das zeigen wir nur auf Ihrem Handy. Wir schicken dorthin einen Link, der 15 Minuten gilt. Über ihn bekommen Sie Kopie und Beleg, und Sie können alles löschen.",
        fresh_link: "Sicheren Link auf mein Handy schicken",
        old: "Möchten Sie keine SMS mehr von uns?",
        old_text: "Dieser Link stammt aus einer früheren SMS. Nummern wechseln manchmal den Besitzer, darum zeigt er nicht, was gespeichert ist. Abbestellen können Sie hier trotzdem.",
        old_done: "Sie bekommen keine SMS mehr",
        old_done_text: "An diese Nummer schicken wir nichts mehr. Das gilt ab sofort.",
        again: "Möchten Sie wieder SMS von uns?",
    },
    leave: LeaveTexts {
        title: |company| format!("Keine SMS mehr von {company}?"),
        text: "Tippen Sie an, was enden soll. Das kostet nichts und gilt ab sofort. Nummern wechseln manchmal den Besitzer, darum zeigt diese Seite nicht, was gespeichert ist.",
        single: "Möchten Sie nur etwas Bestimmtes beenden?",
        all: "Möchten Sie gar keine SMS mehr?",
        all_text: "Dann kommt auch nichts mehr zu Terminen und Bestellungen.",
        done: "Erledigt",
        done_single: |label| format!("Sie bekommen ab sofort keine SMS mehr von uns zu: {label}."),
        done_advertising: |company| format!("Sie bekommen ab sofort keine Werbung mehr von {company}."),
        done_all: |company| format!("Sie bekommen ab sofort keine SMS mehr von {company}."),
        done_text: "War die Nummer angemeldet, bestätigen wir das mit einer SMS. Darin steht auch der Weg zurück.",
        more: "Noch etwas anderes beenden",
    },
    number: NumberTexts {
        title: "Was ist über meine Nummer gespeichert?",
        text: "Nennen Sie uns Ihre Handynummer. Wir schicken einen Link an dieses Handy, denn nur wer es in der Hand hat, soll das sehen.",
        label: "Ihre Handynummer",
        hint: "Am besten mit Ländervorwahl, zum Beispiel +49 176 12345678.",
        error: "Bitte noch einmal prüfen",
        trap: "Bitte leer lassen",
        send: "Link auf mein Handy schicken",
        sent: "Schauen Sie jetzt auf Ihr Handy",
        sent_text: "Ist unter dieser Nummer etwas gespeichert, kommt gleich eine SMS mit einem Link. Er gilt 15 Minuten.",
        sent_nothing: "Keine SMS? Dann ist entweder nichts gespeichert, oder wir haben Ihnen in letzter Zeit schon drei Links geschickt, oder die Nummer ist gesperrt, etwa nach einer Abmeldung. Nehmen Sie in diesem Fall den Link in einer früheren SMS von uns. Auch eine SMS kann verloren gehen: Versuchen Sie es in ein paar Minuten noch einmal.",
    },
    stored: StoredTexts {
        title: "Das ist über Sie gespeichert",
        number: "Ihre Nummer",
        purposes: "Wozu wir Ihnen schreiben",
        history: "Was ist wann geschehen?",
        history_text: "Der Verlauf beginnt mit Ihrem letzten Ja. Älteres nennen wir Ihnen auf Anfrage.",
        copy: "Möchten Sie eine Kopie?",
        copy_text: "Die Datei enthält alles, was hier steht, und den Beleg über Ihr Ja, wenn Sie Ja gesagt haben. Zum Abheften können Sie diese Seite drucken.",
        download: "Kopie herunterladen (JSON-Datei)",
        correct: "Haben Sie eine neue Nummer?",
        correct_text: "Dann beenden Sie hier alles für die alte. Mit der neuen melden Sie sich über das Formular an, damit wir wissen, dass sie Ihnen gehört.",
        not_mine: "Diese Nummer gehört mir nicht mehr",
        erase: "Möchten Sie alles löschen?",
        erase_text: "Wir löschen Ihre Nummer und alles, was dazu gespeichert ist. Das bleibt:",
        remains_entry: "Ein Sperreintrag ohne Ihre Nummer. Wir können damit nur prüfen, ob eine eingegebene Nummer gesperrt ist.",
        remains_proof: |until| {
            format!(
                "Ein gesperrter Nachweis, den wir nur bei einem Streit über frühere SMS öffnen. Wir vernichten ihn am {until}."
            )
        },
        tick: "Ja, meine Daten löschen.",
        erase_now: "Meine Daten löschen",
        erased: "Ihre Daten sind gelöscht",
        erased_text: "Sie bekommen keine SMS mehr von uns. Die Links in früheren SMS zeigen nichts mehr an.",
        remains: "Was bleibt",
    },
    state: |state, since| {
        let (word, joint) = match state {
            PurposeState::Given => ("aktiv", "seit"),
            PurposeState::Withdrawn => ("abgemeldet", "seit"),
            PurposeState::Objected => ("Widerspruch eingelegt", "am"),
            PurposeState::Lapsed => ("nach langer Pause erloschen", "am"),
            PurposeState::Erased => ("gelöscht", "am"),
            PurposeState::Pending => ("wartet auf Ihr Ja", "seit"),
            PurposeState::Suspended => ("ruht, weil SMS nicht ankamen", "seit"),
        };
        since.map_or_else(|| word.to_owned(), |since| format!("{word} {joint} {since}"))
    },
    happened: |what| match what {
        Milestone::Given => "Sie haben zugestimmt",
        Milestone::Withdrawn => "Sie haben sich abgemeldet",
        Milestone::Objected => "Sie haben widersprochen",
        Milestone::WrongNumber => "Sie haben gesagt: Diese Nummer gehört mir nicht mehr",
        Milestone::Suspended => "SMS kamen nicht an, Ihr Ja ruht",
        Milestone::Lapsed => "Ihr Ja ist nach langer Pause erloschen",
        Milestone::Erased => "Ihre Daten wurden gelöscht",
    },
    notice: |notice| match notice {
        Notice::Withdrawn => "Erledigt: Das ist ab sofort beendet.",
        Notice::AllWithdrawn => "Erledigt: Sie sind ab sofort von allem abgemeldet.",
        Notice::Objected => "Erledigt: Ihr Widerspruch gilt ab sofort. Sie bekommen keine Werbung mehr von uns.",
        Notice::FreshLink => {
            "Gleich kommt eine SMS mit dem Link. Er gilt 15 Minuten. Am Tag schicken wir höchstens drei."
        }
        Notice::Allowed => {
            "Die Sperre ist aufgehoben. Angemeldet sind Sie erst, wenn Sie auf die nächste SMS hin Ja sagen."
        }
        Notice::WrongNumber => "Erledigt, an diese Nummer schicken wir nichts mehr.",
        Notice::NotTicked => "Es ist noch nichts gelöscht. Setzen Sie bitte erst das Häkchen vor dem Knopf.",
        Notice::Unseen => {
            "Ihr Ja ist noch nicht angekommen. Lesen Sie bitte, was hier steht, und tippen Sie dann auf Ja."
        }
        Notice::SentElsewhere => {
            "Es ist noch nichts abgeschickt. Bitte prüfen Sie Ihre Angaben, und bestätigen Sie sie hier auf unserer Seite."
        }
    },
};

/// German, in the polite form.
pub static PHONE: PhoneTexts = PhoneTexts {
    title: "Handy zum Ausprobieren",
    text: "Hier kommen die SMS an, die der Simulator verschickt. Kein echtes Handy bekommt etwas.",
    handsets: "Handys",
    messages: |number| format!("SMS auf {number}"),
    empty: "Noch keine SMS. Tragen Sie in einem Formular eine Handynummer ein.",
    outgoing: |to| format!("Sie an {to}"),
    to: "An",
    reply: "Ihre Antwort",
    send: "Senden",
    no_reply: |sender| format!("„{sender}“ nimmt keine Antworten an."),
    refresh: "Neu laden",
    no_receiver: "Auf diese Absenderkennung kann niemand antworten.",
    not_mobile: "Das ist keine Handynummer. Schreiben Sie sie mit +49 …",
};
