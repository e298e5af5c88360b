//! Dutch.

use super::Language;
use crate::reply::class::Class::*;

pub(super) const LANGUAGE: Language = Language {
    words: &[
        (
            Stop,
            "afmelden afmelding afgemeld uitschrijven uitgeschreven stoppen opzeggen opzegging uitschrijving \
             intrekken",
        ),
        (Call, "afmelden"),
        (Weak, "einde beeindigen verwijderen verwijder annuleren genoeg"),
        (Not, "niet nooit zonder"),
        (After, "niet"),
        (Nothing, "geen niks niets"),
        (More, "meer nog verdere langer"),
        (Channel, "sms smsen smsjes smsje bericht berichten berichtjes herinneringen"),
        (
            Send,
            "sturen stuur stuurt verzenden ontvangen ontvang krijgen krijg schrijven schrijf contacteren benaderen \
             benaderd lastigvallen appen stuur* schrijv* contact* bel bellen belt",
        ),
        (Want, "wil wilt wens wenst graag"),
        (Ads, "reclame* spam marketing advertenties"),
        (Offer, "aanbiedingen aanbieding acties nieuwsbrief korting*"),
        (All, "alles alle allemaal"),
        (List, "lijst verzendlijst bestand abonnement"),
        (Consent, "toestemming"),
        (Data, "gegevens persoonsgegevens"),
        (Number, "nummer telefoonnummer mobiel telefoon"),
        (Erase, "verwijderen verwijder wissen wis verwijdering"),
        (Object, "bezwaar"),
        (Wrong, "verkeerd verkeerde fout foute"),
        (Yes, "ja jazeker jawel"),
        (Ok, "oke okee"),
        (WithYes, "graag hoor dank akkoord ik ga prima alstublieft aub leuk wil zeker natuurlijk"),
        (No, "nee neen neuh"),
        (WithNo, "bedankt dank dankje geen interesse ik wil niet hoor dat was"),
        (Interest, "interesse"),
        (Help, "hulp"),
        (Polite, "aub alstublieft alsjeblieft graag dank bedankt hartelijk dankjewel dankuwel je wel u svp a u b"),
        (Kind, "bedankt dank je wel leuk super fijn fijne dag mooi top tot ziens morgen prima oke"),
        (Greet, "hallo hoi dag goedemorgen goedemiddag beste"),
        (Close, "groetjes groeten groet mvg gr"),
        (
            Filler,
            "de het een van voor met aan op in uit om te mij me mijn jullie u uw dit deze die dat er nu direct hier \
             ik en ook en hoor al worden wordt ben aub meteen per gewoon echt doen",
        ),
        (
            Foreign,
            "bestelling* levering* afspraak afspraken factuur* pakket* pakje uur open winkel plant* maandag \
             dinsdag woensdag donderdag vrijdag zaterdag zondag code prijs kan",
        ),
        (Ask, "hoe wanneer waar waarom wie wat welke kan"),
        (If, "als indien alleen"),
        (Subject, "ik wij jullie u"),
        (Is, "is ben zijn"),
        (Past, "heb heeft had krijg ontvang"),
        (Got, "krijg ontvang ontvangen gekregen"),
        (Me, "ik mij mijn"),
        (But, "maar omdat anders"),
        (Sensitive, "advocaat klacht* avg gegevens spam reclame politie aangifte privacy toestemming illegaal"),
        (Reaction, "vond leuk vindt geweldig op gereageerd heeft met een hartje niet"),
        (Halt, "verwijderen verwijder annuleren beeindigen opzeggen schrappen haal haalt"),
        (Naught, "niks niets"),
        (Insult, "klootza* eikels idioten sukkels klojo* tyfus* oprotten"),
        (
            Annoy,
            "irritant* vervelend* hinderlijk* storend* opdringerig* ongewenst* spam* rotzooi troep onzin ergerlijk* \
             stalk*",
        ),
        (Often, "constant voortdurend"),
        (Drop, "haal* verwijder* schrap* gooi blokkeer* vergeet wis halen"),
        (Value, "nodig behoefte interesse* geinteresseerd"),
        (You, "jullie jou jouw uw"),
        (Me, "me"),
        (Stop, "uitschrij* afmeld* uitgeschr* opzeg*"),
        (Praise, "leuk mooi fijn geweldig"),
        (Off, "uit af weg eruit eraf eruit weggaan"),
        (Only, "alleen enkel"),
        (Told, "gevraagd gezegd"),
        (Title, "mevrouw meneer mevr dhr"),
        (Fed, "opgehoepeld opgerot"),
        (Miss, "jammer werkt werken"),
        (Family, "broer zus moeder vader dochter zoon man vrouw"),
        (Know, "ken"),
    ],
    phrases: &[
        (
            Stop,
            "meld|meldt|melden .. af, schrijf|schrijft|schrijven .. uit, laat|laten .. met rust, \
             houd|hou|houdt|hou er .. op, haal|haalt .. van .. lijst, haal|haalt .. uit|af, \
             niet meer .. sturen|schrijven|smsen|benaderen|contacteren, wil .. niet meer, \
             trek .. toestemming .. in, stuur .. geen|niet, geen .. berichten, wil me afmelden, \
             verwijder mijn nummer, niet meer sms*, hou op, stop met, haal me, wil hier vanaf, uitschrijven aub, \
             uit de lijst, van de lijst",
        ),
        (Foreign, "niet stoppen, non stop, einde van"),
        (NotMe, "ben niet, ik heet niet"),
        (
            Gone,
            "verkeerd|verkeerde|fout nummer|persoon, niet mijn nummer|telefoon, \
             niet meer mijn|zijn|haar .. nummer, verkeerd verbonden, nummer .. niet .. van, ken .. niet, \
             niet de juiste persoon",
        ),
        (Foreign, "nummer op, nummer van de, geen probleem, verkeerde maat|kleur|bestelling|adres"),
        (Yes, "ga akkoord, is akkoord"),
        (No, "nee bedankt, nee dank, geen interesse, liever niet, nee hoor, niet geinteresseerd, hoeft niet"),
        (Disown, "nooit|niet .. aangemeld|ingeschreven|gevraagd|besteld, niet om gevraagd"),
        (Who, "wie is dit, wie ben je, wie bent u, wie zijn jullie, met wie, wie is daar"),
        (Access, "welke gegevens, waar .. mijn nummer, hoe .. mijn nummer, artikel 15"),
        (Erase, "recht op vergetelheid"),
        (Object, "maak bezwaar, teken bezwaar aan"),
        (Close, "met vriendelijke, vriendelijke groet|groeten, fijne dag"),
        (Request, "kunt u, kan je, kunnen jullie, kun je, kunt u, wilt u, willen jullie, zou u, zou ik"),
        (Ask, "kan ik, moet ik, mag ik, kan de"),
        (Resume, "weer aanmelden, opnieuw aanmelden, weer ontvangen, weer op|aan, opnieuw aan"),
        (Auto, "automatisch antwoord, automatische reactie, afwezigheid*, ik rijd nu, ben aan het rijden"),
        (Robot, "antwoord met|ja|stop, om te stoppen, om af te melden, stop om"),
        (Footer, "verzonden vanaf|met|via, verstuurd vanaf|met"),
        (Retract, "verkeerde chat, per ongeluk"),
        (Kind, "geen probleem, graag gedaan, dank je wel, dank u wel, fijne dag, tot ziens"),
        (Weak, ", genoeg zo"),
        (
            Fed,
            "klaar mee|met, ben .. zat|beu, genoeg van, geen zin|behoefte|interesse .. meer|in|aan, hoef \
             dit|het|jullie|die .. niet, hou|houd toch|eens|nu op, rot|donder|sodemieter .. op, laat mij|me \
             nu|toch|gewoon, kap ermee|er, niet meer geinteresseerd, geen interesse meer, zonder mij, wil \
             eruit|ervan|eraf|weg, haal|haalt .. eruit|eraf, eraf|eruit halen",
        ),
        (Quiet, "met|in rust"),
        (Often, "te veel|vaak, elke|iedere dag, steeds weer, de hele tijd"),
        (Other, "iemand anders"),
        (Oppose, "niet akkoord"),
    ],
};
