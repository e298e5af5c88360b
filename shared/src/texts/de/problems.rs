use crate::texts::problems::problem_texts::ProblemTexts;

/// German, in the polite form.
pub static PROBLEMS: ProblemTexts = ProblemTexts {
    title: "Das hat nicht geklappt",
    too_large: |most| format!("Das ist zu viel auf einmal, mehr als {most} KiB. Schicken Sie bitte weniger."),
    key_reused: "Mit diesem Idempotency-Key wurde schon eine andere Nachricht angenommen. Nehmen Sie einen neuen.",
    outdated: "Der Text hat sich inzwischen geändert. Lesen Sie ihn bitte noch einmal.",
    challenge: "Die Sicherheitsprüfung fehlt, ist abgelaufen oder gilt hier nicht. Schicken Sie das Formular bitte noch einmal ab.",
    challenge_used: "Diese Sicherheitsprüfung wurde schon benutzt. Schicken Sie das Formular bitte noch einmal ab.",
    origin: "Diese Seite darf das Formular nicht benutzen. Wem sie gehört, der trägt ihre Adresse bei `origins` ein.",
    not_found: "Unter dieser Adresse gibt es nichts. Prüfen Sie sie bitte.",
    unreadable: "Das konnten wir so nicht lesen, und es wurde nichts getan. Laden Sie die Seite bitte neu.",
    twice: "Eine Auswahl kam doppelt an. Laden Sie die Seite bitte neu, und kreuzen Sie noch einmal an.",
    method_not_allowed: "Diese Adresse lässt sich so nicht verwenden.",
    form_closed: "Dieses Formular ist geschlossen: Eine Anmeldung ist hier nicht mehr möglich. Es wurde nichts gesendet.",
    unauthorized: "Dieser Aufruf braucht das Token des Betreibers: `Authorization: Bearer …`.",
    not_set_up: "Hier ist noch nichts eingerichtet. Zuerst kommt `PUT /v1/settings`.",
    no_consent: "Diese Person hat dem Zweck nicht zugestimmt, oder nicht mehr. Es wurde nichts gesendet.",
    frequency_exceeded: "Das wären mehr SMS zu diesem Zweck, als zugesagt sind. Es wurde nichts gesendet.",
    paused: "Diese Person hat etwas geschrieben, das erst ein Mensch lesen muss: siehe GET /v1/inbox. Es wurde nichts gesendet.",
    already_answered: "Dieser Eintrag ist schon beantwortet, und zwar anders. Es wurde nichts getan.",
    collision: "Die Kennung dieser Nummer gehört einer anderen. Es wurde nichts getan.",
    fault: "Bei uns ist etwas schiefgegangen. Versuchen Sie es bitte gleich noch einmal.",
    newer_build: "Diese Daten hat eine neuere Version des Programms gespeichert, und die jetzige kann sie nicht lesen. Es wurde nichts getan. Der Betreiber muss die neuere Version wieder einspielen.",
    stopped: "Das geht gerade nicht, und es wurde nichts getan. Versuchen Sie es bitte später noch einmal.",
};
