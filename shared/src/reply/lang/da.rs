//! Danish, Norwegian and Swedish. `tak` is thanks.

use super::Language;
use crate::reply::class::Class::*;

pub(super) const LANGUAGE: Language = Language {
    words: &[
        (
            Stop,
            "afmeld afmelde afmeldt framelde frameld avmeld avmelde opsig opsiger avregistrera avsluta avsluta \
             avbestall stoppa stopper sluta slutt avanmal avprenumerera",
        ),
        (Call, "afmeld frameld avmeld"),
        (Weak, "slut slet nok fjern ophor sluta fjerne fjern slette"),
        (Not, "ikke aldrig aldri inte ej uden utan"),
        (After, "ikke inte"),
        (Nothing, "ingen inga ingenting intet"),
        (More, "flere mere mer fler igen igjen igen lenger langere langre"),
        (Channel, "sms smser besked beskeder meddelelser meldinger meddelanden paamindelser pamindelser"),
        (
            Send,
            "send sende sender skicka skriv skrive skriver modtage motta kontakt kontakte fa faa skick* kontakt* ring \
             ringe",
        ),
        (Want, "vil onsker onske vill onskar gerne"),
        (Ads, "reklame* reklam spam markedsforing"),
        (Offer, "tilbud erbjudanden nyhedsbrev rabat*"),
        (All, "alt alle allt alla"),
        (List, "listen liste lista abonnement"),
        (Consent, "samtykke samtycke"),
        (Data, "data oplysninger personoplysninger uppgifter personuppgift* personopl*"),
        (Number, "nummer nummeret telefon"),
        (Erase, "slet slette radera slett"),
        (Object, "indsigelse invandning"),
        (Wrong, "forkert fel feil"),
        (Yes, "ja jatak jo"),
        (WithYes, "tak gerne meget tack garna takk gjerne vil jeg"),
        (No, "nej nei naej"),
        (WithNo, "tak tack takk jeg vil ikke ikke interesseret"),
        (Help, "hjaelp hjalp hjelp"),
        (Polite, "tak tack takk venligst vanligen vennligst mange hilsen vaer"),
        (Kind, "tak tack takk mange tusind super fint vi ses god dag"),
        (Greet, "hej hei goddag"),
        (Close, "hilsen mvh hilsner"),
        (
            Filler,
            "jeg mig meg jer dere i fra de det den en et til for med pa paa av af at og nu nu her min mit mine \
             har have vaere er fra denne dette venligst som",
        ),
        (
            Foreign,
            "bestilling* levering* aftale* faktura* pakke* abent klokken butik* mandag tirsdag onsdag torsdag \
             fredag lordag sondag",
        ),
        (Ask, "hvordan hvornar hvor hvorfor hvem hvad hur nar var varfor vem vad"),
        (If, "hvis om kun"),
        (Subject, "jeg vi"),
        (Is, "er"),
        (But, "men fordi"),
        (Sensitive, "advokat* klage* gdpr datatilsynet spam reklame* politi samtykke"),
        (Reaction, "synes godt om elskede lo ad"),
        (Halt, "fjern fjerne slet slette annuller stands"),
        (Naught, "intet ingenting"),
        (Insult, "rovhul* drittsekk* jaevla javla idioter"),
        (Annoy, "irriter* plagsom* spam* traels* jobbig* forstyrr* storande uonsket*"),
        (Drop, "slet* fjern* radera* stryk* blokker* blockera* glem"),
        (Value, "interess* intresse* interesseret interessert behov"),
        (You, "jer jeres dere deres"),
        (Me, "mig meg mej"),
        (Stop, "afmeld* avmeld* frameld* avregistr* avslutt*"),
        (Praise, "super fint elsker dejlig"),
        (Off, "fra av bort af"),
        (Only, "kun bara bare"),
        (Told, "bedt sagt bett"),
        (Title, "fru hr"),
        (Family, "bror soster mor far datter son mand kone"),
        (Know, "kender kanner kjenner"),
        (Miss, "virker fungerer fungerar"),
    ],
    phrases: &[
        (
            Stop,
            "meld mig .. fra, meld meg av, lad mig vaere, lad mig i fred, vil ikke have .. flere|mere, ikke .. flere, \
             tag mig af listen, fjern mig, slet mig fra, traekker|traekke|trekke|trekker|drar .. samtykke*|samtycke*, \
             vill inte ha, lad vaere, gider ikke .. mere|flere, skriv ikke, send ikke, onsker ikke, vil ikke .. \
             have|modtage, slet mit nummer, fjern mit nummer, sluta .. skicka|skriva, hold op, hor op, ta bort \
             mig|mitt|min, ta mig bort, ta mig fran, meld deg|dig|meg|mig|mej .. av|fra, ta mig av, meld|melder .. \
             fra|av",
        ),
        (Foreign, "stop ikke, ikke stop, ikke stoppe, non stop"),
        (NotMe, "er ikke"),
        (
            Gone,
            "forkert nummer|person, fel nummer|person, feil nummer|person, ikke mit|min .. nummer, \
             inte mitt nummer, ikke laengere mit nummer, kender ikke",
        ),
        (No, "nej tak, nej tack, nei takk, ikke interesseret, inte intresserad"),
        (Disown, "ikke|aldrig .. tilmeldt|bestilt|bedt"),
        (Who, "hvem er det, hvem er du, hvem er i, vem ar det"),
        (Access, "hvilke oplysninger, hvor .. mit nummer"),
        (Object, "gor indsigelse, modsaetter mig, reservere meg mot, reservera mig"),
        (Request, "kan i, kan du, vil i, vil du"),
        (Close, "venlig hilsen, med venlig hilsen, mange hilsner"),
        (Auto, "automatisk svar, autosvar, jeg korer bil"),
        (Robot, "svar ja|stop|nej, for at stoppe, for at afmelde"),
        (Footer, "sendt fra|med, skickat fran"),
        (Resume, "tilmeld .. igen, tilmeld|meld .. igen|pa igen"),
        (Kind, "mange tak, tusind tak, det er ok, ingen problem*"),
        (Weak, "ikke flere"),
        (
            Fed,
            "faet nok, fatt nok, nu er det nok, det er nok, nok nu|na, nu racker, gider ikke, orker ikke, orkar inte, \
             traet af, trott pa, lei av, less pa, la meg|mig|mei vaere|vere|i, lad mig, lat mig vara, lamna mig, lagg \
             av, ikke interesser*, inte intresser*, inte langre intresserad, ikke bruk|brug for, behover ikke|inte, \
             slippe for|a, slut med, stopp med, lagg ner|av",
        ),
        (Quiet, "i fred, ifred"),
        (Often, "hele tiden, hela tiden, hver dag, varje dag, for mange|ofte|manga"),
        (Other, "en anden, noen andre, nagon annan"),
        (Oppose, "accepterer|godkender|godtar ikke|inte"),
    ],
};
