//! What German says in several words.

use crate::reply::class::Class::{self, *};

pub(super) const PHRASES: &[(Class, &str)] = &[
    (
        Stop,
        "hor|hort|horen|horet|horts .. auf|uf, her|herts|hert .. auf, melde|meldet|melden|meld .. ab, \
         mald|maldet|maeldet .. ab, bestell|bestelle|bestellt|bestellen .. ab, trag|trage|tragt|tragen .. aus, \
         lass|lasst|lassen|lossts|losst|loss .. ruhe|ruh|frieden|ruah|rueh, finger weg, ziehe|zieh|nehme .. \
         zustimmung|einwilligung|einverstandnis|erlaubnis .. zuruck, zuruckziehen, zuruckgezogen, \
         bestelle|bestell .. ab, kundige|kundigen .. abo, aus .. verteiler|liste|kartei, aus der kartei, gebt .. \
         ruhe, geben .. ruhe, mach|macht .. schluss|ende|ein ende, genug .. sms|nachrichten|werbung|spam, \
         konnt|konnts|konnen|kannst|kennts|kennt .. sparen|sparn|schenken|stecken, von .. absehen, abstand \
         nehmen, nehmt abstand, nicht mehr dabei, aussteigen, nervt wen|jemand ander*, schreibt wem ander*, nicht \
         erwunscht|gewunscht|gewollt, unerwunscht, austragung, wiederruf, wiederuf, habs satt, hab es satt, satt \
         mit|von, die nase voll, nie wieder .. von euch, will nichts .. wissen, nichts mehr wissen, nichts .. zu \
         tun haben, abo weg, verschont mich, verschonen sie mich, blockt mich, hort .. damit auf, lasst mich .. \
         damit, schnauze|nase|faxen|hals .. voll, geloscht werden, schon|bereits|doch|langst .. gekundigt, \
         hored|horet .. uf|auf, lond|lahnd|lasset .. ruh|rueh|ruah|rua, meldets|meldts .. ab, meine ruhe, in ruhe \
         gelassen, heb|hebt|hebet .. frieda|frieden|ruah|ruh, zieh|ziehe ich zuruck, ziehe hiermit zuruck, nicht \
         mehr storen, bitte nicht .. storen, horid|hored .. uf, hor|hort auff, meldets|meldts|mold|moldts|meld .. \
         o|oba, trete|treten .. aus, ab melden|meldung|bestellen|melde|gemeldet, aus tragen|zutragen, auf horen, \
         lot|laot|lat|lass|loss .. roh|rooh|frieda|frieda",
    ),
    (
        Weak,
        "nervt nur, geht mir auf die nerven, mir reichts, zu viel, es reicht, hab genug, habe genug, \
             weg mit, weg damit, bin raus, will|mochte|wurde|wui .. raus, lasst das, lassen sie das, lass das, \
             lasst es, lassen sie es, lasst|lass .. bleiben|sein, macht .. weg, steige aus, keine lust mehr, \
             verzichte auf, raus aus, raus hier, konnt ihr .. behalten|stecken|sparen, erspart mir, \
             ersparen sie mir, spart|spar|sparen|sparts .. euch|sich|dir, es|mir|jetzt|das reicht|reichts, \
             reicht jetzt|mir|es, genug jetzt|davon|ist, mir langts|langt, jetzt langts, \
             will|mochte .. nichts .. mehr",
    ),
    (Offer, "rabatt sms, aktions sms"),
    (
        Foreign,
        "habt ihr .. da, haben sie .. da, bis ende, am ende, ende der|des, \
             ende november|dezember|januar|april|mai|juni|juli|august, stopp stelle, stop stelle, non stop, \
             beim stop|stopp, hat|haben .. bestatigt, zu ende, ende gut, schones|schonen wochenende, \
             nach 20 uhr, am|im|zum|beim .. termin, letzte nachricht|sms",
    ),
    (
        NotMe,
        "bin nicht|ned|net|nid|nit, bin nich, heisse nicht, bin aber nicht, heiss nicht, hier ist nicht, \
             hier ist nicht mehr, hier spricht nicht, mein name ist nicht, kenne keine|keinen, kenn keine|keinen",
    ),
    (
        Gone,
        "ist|is|isch nicht|ned|net|nid|nich mehr|meine|ihre|seine|die .. nummer|handynummer|rufnummer|handy|nr, \
         nicht|nich|ned|net meine|die .. nummer|handynummer|rufnummer, nummer|handynummer|rufnummer|handy .. \
         gehort .. mir|jetzt|nicht|jemand|anderen|meinem|meiner|uns, gehort .. nummer .. nicht, nicht die|der .. \
         die|den sie|ihr such*|meinen|denken, nicht der den, in der nummer .. geirrt|vertan|verirrt, nummer .. \
         geirrt|vertan|verwechselt, geirrt|vertan .. nummer, kenne|kenn|kennen .. nicht|keine|keinen|kein .. \
         frau|herr|herrn|dame|person|namen, dame|herrn|frau|person .. kenne|kenn ich nicht, hier|da gibt|gibts .. \
         keine|keinen|kein frau|herr|herrn, gibt|gibts .. hier .. keine|keinen, hier wohnt|heisst|ist .. \
         keine|keinen|kein, wohnt hier nicht, wohnt nicht .. hier, nummer .. neu, nummer neu, neue nummer \
         bekommen, nummer .. seit .. mir|meine, hatte|hat .. wer|jemand anders|anderes|anderer, \
         falscher|falschen|falsche .. empfanger|adressat|person|mensch|frau|mann|nummer, falsch verbunden, sind \
         .. falsch hier, sind falsch bei mir, an den falschen, an die falsche, verwechseln .. mich, verwechselt \
         .. mich, vorbesitzer|vorganger|vorbesitzerin, unbekannt verzogen, nicht die person, nicht der richtige, \
         nicht die richtige, meint|meinen .. jemand|wen|andere* anders|anderen|anderes, fremde nummer, hat|haben \
         .. nummer .. nicht mehr, hat .. nummer nicht mehr, nummer .. neu vergeben, neu vergeben, nicht mehr \
         unter dieser, unter dieser nummer .. nicht, nicht mein handy|telefon, nummer erst seit, diese nummer \
         erst, name ist nicht, heisse nicht, heisse anders, jemand anders|anderes|anderen dran, suchen sie \
         jemand, nicht mehr seine|ihre|deren .. nummer, den|die gibt es|s hier nicht, gibts hier nicht, gibt es \
         hier nicht, falscher anschluss, falsch gelandet, sind falsch, bin nicht gemeint, bin ich nicht gemeint, \
         nicht fur mich, nicht die inhaberin|der inhaber, kein anschluss, kenne sie nicht, kenne euch nicht \
         persoenlich, nicht der adressat, anderer besitzer, nicht mehr der anschluss, nicht mehr die handynummer, \
         nicht mehr das telefon|handy, nicht mehr der telefonanschluss, bin nicht die .. person, nicht die \
         gesuchte, nicht mein name, nummer seit .. neu, besitzer*|inhaber* .. nummer, nummer erst, habe diese \
         nummer neu|seit|jetzt, hab die nummer neu|seit|jetzt|erst, bin die|der falsche, da|hier sind sie|ihr \
         falsch, sie|ihr sind|seid hier|da falsch, bins nicht, bin s nicht, suchen|sucht .. jemand ander*, andere \
         nummer jetzt, hat .. andere nummer, unter dieser nummer .. keine|keinen|kein, kein|keine herr|frau .. \
         hier, heiss anders, nummer ubernommen, nummer ist jetzt von mir, ist jetzt meine nummer, bei mir .. \
         falsch, falsch|verkehrt hier|dran|bei, nummer .. nicht mehr von|der|die|das, an der|die \
         falschen|falsche, haben|habt .. \
         vertippt, wohl|sicher|glaub vertippt, vertippt .. nummer, nummer .. vertippt, sim|simkarte|nr .. neu",
    ),
    (
        Foreign,
        "nicht die falsche, nicht falsche, neue nummer, nummer .. andern|geandert, \
             nummer geht|stimmt|funktioniert, falsch geliefert, \
             falsche grosse|farbe|pflanze|ware|artikel|adresse|rechnung|tag|termin",
    ),
    (Yes, "stimme zu, stimme .. zu, bin einverstanden, bin dabei"),
    (
        No,
        "auf keinen fall, auf gar keinen fall, lieber nicht, bloss nicht, kein interesse, keinen bedarf, kein \
         bedarf, nicht interessiert, kommt nicht in frage, will .. nicht, mochte .. nicht, brauch|brauche .. \
         nicht|ned|net|nid, brauch i ned, ich nicht, war ich nicht, sicher nicht, bestimmt nicht, nein danke, na \
         danke, nei merci, nee lass, keine lust, eher nicht, muss nicht sein, werde .. nicht tun, lass|lasst .. \
         mal, nicht notig, vergiss es, vergesst es, nie im leben, absolut nicht, lehne .. ab, danke nein, ach \
         nein, lieber nein, nicht noetig, kein bock, danke nicht, brauchts nicht, braucht es nicht, interessiert \
         mich nicht, nicht gewollt, nicht dafur, war nicht ich, nicht ich, konnt|kannst|konnen|kennts .. \
         knicken|schminken|vergessen",
    ),
    (
        Disown,
        "nie|nicht|nirgends|nirgendwo|nix|nichts|nie|ned|net .. angemeldet|bestellt|angefordert|angefragt|eingetragen|zugestimmt|abonniert|gewollt, \
             nie .. einwilligung|zustimmung|erlaubnis, keine .. einwilligung|zustimmung|erlaubnis",
    ),
    (
        Resume,
        "wieder|nochmal|neu|erneut .. anmelden|anmeldung|eintragen|aufnehmen|abonnieren|dabei, \
         wieder|weiter|weiterhin .. schicken|senden|bekommen|erhalten|schreiben|zusenden|kriegen, weiter \
         schicken, doch wieder, wieder nachrichten, melde|meldet|melden .. wieder an, wieder sms, wieder rein, \
         wieder rein|dabei|drin|aufnehmen|dazu, wieder .. rein|drin, wieder \
         einschalten|aktivieren|auf|freischalten|anschalten, wieder .. auf, wieder .. aufnehmen",
    ),
    (
        Who,
        "wer ist da|das|dran|dort, wer sind sie, wer seid ihr, wer bist du, wer schreibt, wer schickt, von wem \
         ist|kommt|sind, mit wem, wer ist das, wer ist denn, wer steckt, was ist das fur, was ist blattwerk, was \
         soll das sein, wer ist hier, kenne ich sie, um was geht, worum geht, wer bistn, wer is des|das, wer \
         is|seids, wos is des, wer ist denn, und wer sind, und wer seid",
    ),
    (
        Access,
        "welche|was .. daten .. gespeichert|haben|habt, welche daten, was .. uber mich .. \
         gespeichert|wissen|wisst, woher .. nummer|daten|kontakt, wo .. nummer her, wie kommen|kommt .. \
         nummer|daten, auskunft .. art, art 15, artikel 15, kopie .. daten, daten .. herausgeben, gespeicherten \
         daten|informationen, woher kennen|kennt|habt|haben .. mich|nummer, was wisst|wissen .. uber mich, woher \
         .. nr|handynummer|telefonnummer|daten, seit wann .. daten|nummer",
    ),
    (Erase, "art 17, artikel 17, recht auf vergessen*, vergesst .. daten, vergessen werden"),
    (
        Oppose,
        "nicht einverstanden, nicht .. nutzen|verwenden|verarbeiten|benutzen|weitergeben, \
             keine .. nutzung|verwendung|verarbeitung|weitergabe, art 21, artikel 21, stimme .. nicht zu, \
             nicht zustimmen, nicht erlaubt|gestattet|gestatte|erlaube, untersage|verbiete|verbitte, \
             nicht .. einverstanden, nicht .. verwendet|genutzt|verarbeitet|benutzt|weitergegeben|gespeichert, \
             gegen die nutzung|verwendung|speicherung|verarbeitung|weitergabe",
    ),
    (
        Object,
        "lege .. widerspruch, lege .. einspruch, erhebe .. widerspruch|einspruch, mache .. widerspruchsrecht, \
         einspruch gegen",
    ),
    (Foreign, "muss|mochte ich .. widersprechen, widerspruch in sich"),
    (
        Close,
        "mit freundlichen|freundlichem|besten|lieben|herzlichen|vielen, viele grusse, liebe grusse, \
             schone grusse, beste grusse, herzliche grusse, freundliche grusse, lieben gruss, schonen gruss, \
             bis dann, en gruess, liebi gruess",
    ),
    (
        Request,
        "konnen sie, konnt ihr, kannst du, kann man, konnten sie, konntet ihr, konntest du, wurden sie, \
             wurdet ihr, wollen sie, konntens, konnts, kann mich, chonted ihr, chond ihr",
    ),
    (
        Ask,
        "soll ich, muss ich, darf ich, kann ich, chan i, bin ich, werde ich, kriege ich, krieg ich, \
             gilt das, gibt es, gibts, habt ihr, haben sie, hast du, ist das, sind sie, seid ihr, heisst das",
    ),
    (
        Keep,
        "gern weiter, gerne weiter, weiter gern, sind ok, ist ok, sind okay, sind in ordnung, \
             will ich .. behalten, brauch|brauche .. noch, noch brauchen, mochte ich .. weiter, konnen bleiben, \
             durfen bleiben, weiter bekommen|erhalten|schicken, sind gut, sind weiter, weiterhin gern, nur noch, \
             nur die|den|zu|fur .. termin*, aber termin*",
    ),
    (
        Auto,
        "automatische antwort, automatisch .. erstellt|generiert|erzeugt|gesendet|versendet|verschickt, \
             automatisierte antwort|nachricht, bin .. nicht im buro|haus, nicht storen beim fahren, \
             postfach wird nicht, nachrichten werden nicht gelesen, wird nicht gelesen, \
             kann gerade nicht sprechen, fahre gerade, sitze gerade im auto, \
             bin gerade in .. besprechung|meeting, rufe .. spater zuruck, melde mich .. sobald|spater, \
             antworte .. sobald, bis zum .. nicht erreichbar, derzeit nicht erreichbar, \
             momentan nicht erreichbar, zurzeit nicht erreichbar, bin .. abwesend, danke fur ihre nachricht, \
             vielen dank fur ihre nachricht, danke fur deine nachricht",
    ),
    (
        Robot,
        "antworten|antworte|antwortet sie|mit|du, zum abbestellen, zum abmelden|beenden|bestatigen, sms mit, \
             fur hilfe, fur ja, fur nein, senden sie, sende|senden .. an 8*, stop oder link|dort|hier, stop zum, \
             stop um, stop an, mit stop abmelden, abmeldung mit, abmelden mit stop, stop senden",
    ),
    (
        Footer,
        "gesendet von|mit|uber|aus, gesendet vom, von meinem .. gesendet, verschickt von|mit|uber, \
             diese nachricht wurde von|mit, gesendet via, geschrieben auf|mit meinem, diktiert mit",
    ),
    (Footer, "schrieb .. folgendes, am .. schrieb"),
    (
        Retract,
        "war .. versehen, aus versehen .. geschickt|gesendet|geschrieben|gedruckt|getippt, falscher chat, \
         falschen chat, falsche gruppe, falsches fenster, war nicht fur|an .. sie|euch|dich gedacht, vergesst .. \
         nachricht, war .. nicht gemeint, war ein irrtum, war .. fehler, sollte an .. anderen, habs mir anders \
         uberlegt, hab|habe|hatte|war mich vertippt|verschrieben|vertan, vertippt hab*, hab vertippt",
    ),
    (
        Away,
        "haut .. ab, hau ab, zieht leine, macht die fliege, leckt mich, leck mich, konnt mich mal, \
             verpisst .. euch, geht|gehen sterben|weg",
    ),
    (Doubt, "traumt weiter, wers glaubt, als ob, ihr mich auch, ja ja, ja sicher, ja super, ja toll, na klar"),
    (
        Kind,
        "vielen dank fur die info, danke fur die info, alles klar, kein problem, keine ursache, kein ding, \
             nicht schlecht, danke fur den hinweis, gern geschehen, gute idee, bis dahin, schones wochenende, \
             schonen tag, schonen abend, schonen feierabend, frohe weihnachten, nichts zu danken, passt schon, \
             weiter so",
    ),
    (
        Sensitive,
        "zeig|zeige .. an, melde .. der|bei|euch|sie, gehe .. anwalt, hor|hort .. von meinem, \
             nie .. zugestimmt|erlaubt|einwilligung|zustimmung",
    ),
    (
        Foreign,
        "falsche .. fur, nicht mehr da, anderen laden, nummer auf, nummer vom, nummer der, nummer von der|dem, \
         mehr als, stopp|stop beim|am|an|bei|im, nix|nichts los, stop and|und go, ich war .. falsch verbunden, \
         hatte mich .. verwahlt, nicht die falsche nummer, spam ordner|filter, falsche nummer auf|am|vom|beim|im, \
         lasst|lass mich wissen",
    ),
    (Filler, "uber 16|18, ab 16|18, 16|18 jahre alt, 16|18 jahre, alter als 16|18, volljahrig"),
    (
        WithYes,
        "uber 16|18, ab 16|18, 16|18 jahre alt, 16|18 jahre, alter als 16|18, volljahrig, \
             hab|habe .. gesehen, hab|habe .. gelesen",
    ),
    (
        Anger,
        "wie oft, wie viele male, wieviele male, was .. verstehen|versteht|verstanden .. nicht, \
             wie lange noch, wann kapiert, was bitte ist|soll, kapiert ihr, kapieren sie, \
             muss ich erst|wirklich|jedes, wieso immer noch, warum immer noch, warum denn noch, \
             hab|habe ich nicht .. gesagt|geschrieben|gebeten, hatte ich nicht, was soll|sollen der|dieser|diese|die",
    ),
    (
        Data,
        "alles .. uber mich, alle infos|informationen|angaben .. mich|mir, mein profil|kundenkonto|konto|account, \
         was sie|ihr .. uber mich, alles .. von mir|habt, was .. von mir habt|haben",
    ),
    (Not, "unter keinen umstanden"),
    (
        Halt,
        "stell|stellt|stellen .. ein|ab, nimm|nehmt|nehmen|nehmts .. raus|aus|von|heraus, \
             streich|streicht|streichen .. aus|von, streich|streicht|streichen .. mich|nummer, \
             schmeiss|schmeisst|werft|werfen .. raus|aus",
    ),
    (
        Fed,
        "faxen dicke|satt|voll|dick, kanal voll, die schnauze, langts, es langt, langt mir|jetzt|es|schon, aber \
         mal gut, ist jetzt gut, ist mal gut, gut jetzt, bin raus|draussen|durch mit, bin hier|da|dann raus, \
         wollte .. raus, halt|haltet|halten .. klappe|mund|maul|fresse|rand|schnauze, kann weg, weg mit|damit, \
         ohne mich, nicht mit mir, lass|lasst|lassen .. \
         scheiss*|quatsch|mist|unsinn|blodsinn|kram|sein|bleiben|stecken, auf den|die|meinen|meine \
         sack|zeiger|keks|geist|wecker|nerven|eier|senkel, am arsch, nichts fur mich, nix fur mich, nicht mehr \
         sehen|horen|lesen|ertragen|aushalten, halt ich nicht aus, ist das ende, das wars, das war s, mir zu|viel \
         zu viel|blod|bunt, zu bunt, wird|werde .. zu viel|bunt, k interesse|bock|bedarf|lust, nerv nicht, wie \
         werde|kriege|krieg .. los|weg|raus, wie komme|komm .. raus, los werden, loswerden, verschont, hau|haut \
         rein, sucht euch|suchen sie, uberdrussig, ubersatt, leid mit, kein bock, null bock|interesse|bedarf, \
         keinerlei interesse|bedarf|kontakt, kein kontakt, keinen kontakt, brauch|brauche keiner|niemand, will \
         keiner|niemand, interessiert keinen|niemanden|keine sau|kein schwein, nehmen|nehmt .. abstand, nicht \
         mehr|langer dabei, gib|gebt|gebts|geben|gebn .. ruh|ruhe|ruah|frieden, aus dem spiel, nichts|nix \
         besseres zu, schick|schickt|schreib|schreibt .. jemand|wem|wen ander*, bitte lasst, jetzt|nun \
         reichts|reicht|langts, reichts jetzt|oba|aber|mir|endgultig, mir reichts, es reicht jetzt, reicht jetzt, \
         langt jetzt, lass|lasst .. gut sein, lasst|lossts|lass|loss .. mi aus, ende gelande, aus die maus, \
         schicht im schacht, feierabend jetzt|mit, zuruck an absender, kei|keini .. me ha|meh, retour an, \
         lehne|lehnen .. ab, sperrliste, schluss mit, letzte warnung, mir egal was, keinen nerv, mullt mich, mir \
         zu doof|blod|dumm, hab|habe ich genug, nein zu, tschuss und",
    ),
    (Quiet, "in ruhe|frieden lassen|gelassen|lasst|zu"),
    (
        Often,
        "zu viel|viele|oft|haufig, schon wieder, immer wieder, jeden|jede|jeder tag|stunde, alle paar, den ganzen \
         tag, so viel|viele|oft, viel zu",
    ),
    (Other, "jemand|wer|wem|wen|jemanden anders|anderes|anderer|anderen|anderem"),
    (Annoy, "am nerven, fuhle mich, geht|gehts noch"),
    (
        Drop,
        "aus|von .. system|handy|telefon|adressbuch|kontakten|liste|verteiler|datenbank|speicher, us .. \
         liste|verteiler|system, tuats|tuat|tut|tuts|tun|tu .. aussa|raus|weg|runter|aus",
    ),
    (Send, "ruf|rufe|ruft|rufen .. an"),
];
