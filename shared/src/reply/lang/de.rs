//! German, with what Austria, Switzerland and the south say.

use super::Language;
use crate::reply::class::Class::*;

pub(super) const LANGUAGE: Language = Language {
    words: &[
        (
            Stop,
            "stop stopp stoppe stoppen stoppt stopt stopen stoppts gestoppt abmelden abmeldet abmeldung abgemeldet abmeldn obmelden obmeldn obmoldn abmalde abmaelde abbestellen abbestelle abbestellung abbestellt austragen ausgetragen aufhoren aufzuhoren aufhort aufhorn aufhore unterlassen unterlassung widerruf widerrufe widerrufen widerrufs abmeldeanfrage austragung wiederruf wiederuf wiederrufen wiederrufe aussteigen ausgestiegen abmeldebestatigung abzumelden auszutragen abzubestellen austreten deabonnieren deabonniere abmelde*",
        ),
        (Call, "stop stopp abmelden abmeldung abbestellen"),
        (
            Weak,
            "ende schluss kundigen kundige kundigung beenden beende loschen losche loscht entfernen entfernt entferne streichen streicht abstellen abstellt einstellen deaktivieren abschalten genug unterlasst sperren einzustellen abzustellen loswerden verzichten verzichte verschonen verschont loschung raus",
        ),
        (Not, "nicht nich ned net nit nid niet nie niemals ohne nimmer nimma nimmermehr keinesfalls num"),
        (After, "nicht nich ned net nit nid niet nie"),
        (
            Nothing,
            "kein keine keinen keiner keinem keinerlei nichts nix nichtsmehr nut ka kei koa koane koi keis koana kane",
        ),
        (
            More,
            "mehr weitere weiteren weiterer weiterhin wieder meh mehrere mea mera nimmer nimma nume numme nimme kunftig zukunftig langer num",
        ),
        (Not, "nume numme nimme"),
        (
            Channel,
            "sms smse kurznachricht* nachricht nachrichten mitteilung mitteilungen meldungen benachrichtigung* textnachricht* erinnerungs* whatsapp mails post kontakt kontaktaufnahme* kontaktversuch* zusendung* nochricht* nachrichte infos rundsms massensms botschaft* anrufe terminerinnerung* erinnerung*",
        ),
        (
            Send,
            "schreiben schreibt schreib schreibe schreibst schriibe schreibn schreibts geschrieben senden sendet sende gesendet zusenden zugesendet schicken schickt schick schicke schickst schickn schicke schickts zuschicken geschickt anschreiben angeschrieben kontaktieren kontaktiert kontaktieret belastigen belastigt belastigung bekommen bekomme erhalten erhalte kriegen kriege krieg kriagn uberkomme ubercho horen hore zuschutten zugeschuttet texten zumullen antexten simsen anfunken behelligen behelligt zugestellt melden meldet melde benachrichtig* informier* beliefer* beschick* bombardier* zuspam* zuball* vollspam* kontaktier* anschreib* angeschrieb* zuschick* zusend* anruf* anmail* zutext* nerv* schreim schicked schrybed schriibed schribed sended schickets",
        ),
        (
            Want,
            "will mochte moecht mochten wunsche wunschen wollen mag mog wett wott wotti brauche brauch bruche bruchi benotige brauchen hatte wurde wunsch wui mecht mechat sollen soll sollt sollst sollte",
        ),
        (Ads, "werbung werbe* reklame* marketing* spam spams spamerei spammen spammt mull wirbig werbig"),
        (
            Offer,
            "angebot angebote angeboten aktionen aktion rabatte rabatt newsletter* rabatt* gutschein* sonderangebot* promo* schnappchen* tipp* tipps hinweise news updates infos",
        ),
        (
            All,
            "alle alles allem allen sammtliche samtliche samtlichen samtlicher jede jegliche jeglichen jeglicher jeden komplett ganz uberall",
        ),
        (
            List,
            "verteiler* liste listen kartei adressliste abo abonnement mailingliste dienst service datenbank empfangerliste verzeichnis system teilnahme registrierung anmeldung dienstes smsdienst versand smsversand zusendung* infodienst",
        ),
        (
            Consent,
            "einwilligung* zustimmung* einverstandnis* erlaubnis* genehmigung* nutzung nutzungs* verwendung vereinbarung verarbeitung",
        ),
        (
            Data,
            "daten datensatz personendaten kundendaten personenbezogen* kontaktdaten nutzerdaten kundenkonto gespeichert gespeicherten gespeicherte dsgvo datenloschung",
        ),
        (
            Number,
            "nummer nr rufnummer handynummer telefonnummer handynr telnr mobilnummer nummern nummere nummara handy natel",
        ),
        (
            Erase,
            "loschen losche loscht loschung geloscht loschn vernichten entfernen entfernt losch losched datenloschung",
        ),
        (
            Object,
            "widerspruch widerspruchs widerspreche untersage untersagen verbiete verbitte verbieten widersprich widersprech werbewiderspruch",
        ),
        (Oppose, "widersprechen missbillige"),
        (Wrong, "falsch falsche falschen falscher falschi foische foisch verkehrte verkehrt"),
        (Gone, "verwahlt vertippt verwaehlt irrlaufer nummernirrtum"),
        (Yes, "ja jaa jawohl jawoll einverstanden jap jep jup jo joa jepp joh"),
        (Ok, "ok okay okey oki"),
        (
            WithYes,
            "gern gerne naturlich klar ich bin will mochte stimme zu bestatige bestatigen hiermit anmelden anmeldung das sehr doch spate spat antwort entschuldigung sorry freue freu mich drauf passt gar dabei unbedingt selbstverstandlich punkt ausrufezeichen sms per angebote angebot von und so eben jetzt fur die gern garn einverstanden zur den uns euch ihnen ihre eure alle infos newsletter absolut sicher auf jeden fall bekommen erhalten",
        ),
        (No, "nein nee ne nope no noe nei naa naja nah neien nai niemals abgelehnt ablehnen ablehnung vergiss"),
        (
            WithNo,
            "das war ich nicht kein keine keinen interesse bedarf will mochte brauch brauche nichts nix danke lass lasst mal lieber auf gar keinen fall du na eh dafur daran mir es i ned nicht mehr ja sage bestimmt sicher nie niemals werde tun machen wirklich absolut uberhaupt bitte fur mich ist hab habe dran tschuss doch eher schon wollen braucht vergiss vergesst leben notig lehne ab bock stecken ach ohne etwas was dieses im angefordert bestellt da hier ernst",
        ),
        (Interest, "interesse bedarf interessiert lust bock"),
        (Start, "start starten"),
        (Help, "hilfe info infos hilf"),
        (
            Polite,
            "bitte bitteschon danke dankeschon vielen dank dankend freundlich herzlichen sorry entschuldigung entschuldigen merci bitti bidde biddschen bitten bitt eich hofliche hoflich hoflichst beste",
        ),
        (
            Kind,
            "super prima toll klasse schon schone schones schoner schonen gut gute guter gutes danke dank vielen herzlichen herzlich liebe lieber lieben wunderbar spitze perfekt freut freu freue haha hihi lol hahaha cool geil passt klar alles genau ok okay bis bald morgen samstag sonntag montag dienstag mittwoch donnerstag freitag dann tschuss ciao servus wochenende feierabend tag abend weihnachten ostern fest frohe frohes gleichfalls ebenso ihnen euch dir auch mich sehr dafur top nett lieb wow hehe mega weiter so grusse gruss zuruck neues jahr erledigt verstanden notiert angekommen die info",
        ),
        (
            Greet,
            "hallo hi hey moin servus guten gruezi hoi grussgott tach liebes liebe lieber sehr geehrte geehrter damen und herren halli hallochen moinsen team tag abend morgen zusammen leute ihr heast oida",
        ),
        (Close, "mfg lg vg vlg hg grusse gruss grussle griass gruessli gruss hochachtungsvoll glg"),
        (
            Filler,
            "der die das den dem des ein eine einen einer eines einem und an in im am zu zum zur von vom mit bei fur auf aus ab um per uber nach vor als so da hier dort doch mal halt eben schon noch nun jetzt sofort endlich bitte auch nur sehr mir mich uns euch ihnen dir dich ihr ihre ihren ihrem ihrer eure euren eurer eurem euer mein meine meinen meiner meinem sie du er man es diese dieser dieses diesen diesem solche solchen irgendwelche irgendwie echt wirklich einfach ja also denn bin sind werden wird wurde werde haben gern gerne hiermit heute ab sofortiger wirkung gultig bestatigen dringend umgehend unverzuglich einmal endgultig ganz gar uberhaupt dauerhaft voraus davon damit daran darauf wie gesagt scheiss scheisse verdammt verdammten verfluchten blod bloden doofen nervigen bescheuerten konnen konnt kann konnte mocht lasst lassen dass de di dr mi i eich dermit uf vo vu us gege mer mir a ois oise isch scho mol bis art aller dingend zukunft dreimal zweimal ewig standig immer dauernd rufnummernliste handyliste gemass gem laut dsgvo ware frau mann herr herrn bereits mehrfach mehrmals oft zwei drei gestern",
        ),
        (
            Foreign,
            "bestell* lieferung* liefern termin termine termins terminen rechnung* paket* packchen gutschein* kauf* gekauft reservier* buchung* auftrag* auftragen artikel pflanze* topf* uhr uhrzeit heute morgen ubermorgen nachmittag vormittag offnung* geoffnet geschlossen haltestelle* bushaltestelle bus kunde kundin mitglied hause zuhause daheim krank preis* code* reklamation* ware waren retoure* rucksendung* umtausch* woche wochen stopfen tisch* kurs* workshop* garten* laden geschaft konto aktion sale verkauf* fruhjahrsverkauf blatt blatter passwort montag dienstag mittwoch donnerstag freitag samstag sonntag monatskarte karte abholung abholen abhol* verein behandlung* fleck foto bild mail email lieferant fahrer tour probe stunde stunden kind schneckenstopp fieber schmerzen regen heizung zahlung uberweisung mahnung betrag geld kredit* zoll anprobe",
        ),
        (
            Ask,
            "wie wo wann was warum wieso weshalb wer wem wen wozu welche welcher welches woher wohin wofur wieviel heisst bedeutet ob wia wos wer",
        ),
        (If, "wenn falls sofern sobald solange soweit vorausgesetzt"),
        (Subject, "ich wir sie ihr du es er i mir dass"),
        (Is, "ist sind war bin is wars waren gehort sei isch"),
        (Past, "hab habe haben hatte hatten hat bekam kam kommt kamen gibt bekomme erhalte kriege krieg"),
        (Got, "bekommen erhalten gekriegt bekomme erhalte kriege krieg bekam kam kommt"),
        (Me, "ich mich mir mein meine meinen meiner meinem"),
        (But, "aber sondern denn weil sonst jedoch trotzdem allerdings ausserdem deswegen deshalb sowie ansonsten"),
        (And, "und oder sowie"),
        (That, "dass"),
        (
            Sensitive,
            "anwalt* anwalt rechtsanwalt* rechtlich* rechtsschritte gericht* klage klagen abmahn* datenschutz* dsgvo dsgv bundesnetzagentur verbraucherzentrale verbraucherschutz* polizei strafanzeige anzeige anzeigen beschwer* belastig* abzocke betrug betruger* illegal rechtswidrig unzulassig* unverschamt* frechheit auskunft einwilligung* zustimmung* werbung* spam daten personenbezogen* loschung uwg schadensersatz nervt nerven nervig lastig behorde aufsichtsbehorde staatsanwalt* verklag* unterlassung* verboten verbot einverstandnis widerruf* widerspruch* geloscht",
        ),
        (Doubt, "hm hmm mhm naja vielleicht eventuell witz ironie jaja jain nicht kein eh dislike"),
        (Auto, "abwesenheitsnotiz abwesenheitsassistent autoreply autoantwort abwesenheitsmeldung"),
        (
            Reaction,
            "gefallt hat mit markiert nicht auf reagiert reagierte zu von entfernt geliebt gelacht gelikt uber ein eine einen mag betont hervorgehoben reaktion like mir herz daumen hoch runter liebt hinterfragt fragezeichen ausrufezeichen emoji",
        ),
        (Retract, "zuruckgenommen"),
        (Keep, "behalten beibehalten weiterhin"),
        (Access, "auskunft auskunftsersuchen datenauskunft selbstauskunft auskunftsanfrage"),
        (Away, "verpisst verpiss verpissen verschwindet verschwinde schleicht schleich schleichts"),
        (Disown, "unaufgefordert ungefragt"),
        (
            Halt,
            "beenden beendet beende kundigen kundige loschen losche loscht entfernen entferne streichen streicht streiche abstellen abstellt einstellen einzustellen abzustellen deaktivieren abschalten sperren verschonen verschont absehen unterbinden unterlassen zuruckziehen ruckgangig aufheben aufkundigen rausnehmen raus herausnehmen nehmen weglassen abzubestellen canceln stornieren storniere storniert ausschalt* ausgeschaltet ausstell* abschalt* abdreh* abklemm* rauswerf* rausschmeis* rauslosch* weglass* wegmach* deaktivier* deabonn* deinstall* annullier* unterbind* unterdruck* ausblend* rausnehm* herausnehm* abhang* auslosch* cancel* aussetz* unterbrech* entziehe entziehen entzogen entzieht entfernung streichung abschaltung",
        ),
        (Naught, "nichts nix nichtsmehr nut nuet"),
        (Short, "art gem nr abs dr hr fr tel str st bzw ca evtl inkl usw etc prof abt lt ggf bzgl zzgl max min mind"),
        (Article, "mein meine meinen meinem meiner meines den die das der dem unsere unseren unser ihren eine einen"),
        (Done, "geloscht entfernt gestrichen gestoppt losched"),
        (Reproach, "wann warum wieso weshalb"),
    ],
    phrases: &[
        (
            Stop,
            "hor|hort|horen|horet|horts .. auf|uf, her|herts|hert .. auf, melde|meldet|melden|meld .. ab, mald|maldet|maeldet .. ab, bestell|bestelle|bestellt|bestellen .. ab, trag|trage|tragt|tragen .. aus, nimm|nehmt|nehmen|nehmts .. raus|aus|von|heraus, setzt|setzen .. von der liste, streich|streicht|streichen .. aus|von, streich|streicht|streichen .. mich|nummer, schmeiss|schmeisst|werft|werfen .. raus|aus, lass|lasst|lassen|lossts|losst|loss .. ruhe|ruh|frieden|ruah|rueh, lasst das, lassen sie das, lass das, lasst es, lassen sie es, finger weg, ziehe|zieh|nehme .. zustimmung|einwilligung|einverstandnis|erlaubnis .. zuruck, zuruckziehen, zuruckgezogen, bestelle|bestell .. ab, stell|stellt|stellen .. ein|ab, will|mochte|wurde|wui .. raus, will|mochte .. nichts .. mehr, kundige|kundigen .. abo, los werden, aus .. verteiler|liste|kartei, aus der kartei, von .. liste|verteiler, gebt .. ruhe, geben .. ruhe, mach|macht .. schluss|ende|ein ende, keine lust mehr, genug .. sms|nachrichten|werbung|spam, verzichte auf, raus aus, raus hier, es reicht, konnt ihr euch|konnen sie sich .. sparen|schenken|behalten|stecken, konnt ihr .. behalten|stecken|sparen, von .. absehen, abstand nehmen, nehmt abstand, nicht mehr dabei, steige aus, aussteigen, bin raus, weg mit, weg damit, nervt wen|jemand ander*, schreibt wem ander*, nicht erwunscht|gewunscht|gewollt, unerwunscht, austragung, wiederruf, wiederuf, hab genug, habe genug, habs satt, hab es satt, satt mit|von, die nase voll, das letzte mal, nie wieder .. von euch, sag|sage .. ab von, will nichts .. wissen, nichts mehr wissen, nichts .. zu tun haben, macht .. weg, abo weg, verschont mich, verschonen sie mich, erspart mir, ersparen sie mir, blockt mich, hort .. damit auf, lasst|lass .. bleiben|sein, lasst das bitte, lasst mich .. damit, spart|spar|sparen|sparts .. euch|sich|dir, schnauze|nase|faxen|hals .. voll, geloscht werden, schon|bereits|doch|langst .. gekundigt, es|mir|jetzt|das reicht|reichts, reicht jetzt|mir|es, genug jetzt|davon|ist, hored|horet .. uf|auf, lond|lahnd|lasset .. ruh|rueh|ruah|rua, meldets|meldts .. ab, mir langts|langt, jetzt langts, meine ruhe, in ruhe gelassen, nicht .. storen, heb|hebt|hebet .. frieda|frieden|ruah|ruh, zieh|ziehe ich zuruck, ziehe hiermit zuruck",
        ),
        (Weak, "nervt nur, geht mir auf die nerven, mir reichts, zu viel"),
        (Offer, "rabatt sms, aktions sms"),
        (
            Foreign,
            "habt ihr .. da, haben sie .. da, bis ende, am ende, ende der|des, ende november|dezember|januar|april|mai|juni|juli|august, stopp stelle, stop stelle, non stop, beim stop|stopp, hat|haben .. bestatigt, zu ende, ende gut, schones|schonen wochenende, nach 20 uhr, am|im|zum|beim .. termin, letzte nachricht|sms, diese sms",
        ),
        (
            NotMe,
            "bin nicht|ned|net|nid|nit, bin nich, heisse nicht, bin aber nicht, heiss nicht, hier ist nicht, hier ist nicht mehr, hier spricht nicht, mein name ist nicht, kenne keine|keinen, kenn keine|keinen",
        ),
        (
            Gone,
            "ist|is|isch nicht|ned|net|nid|nich mehr|meine|ihre|seine|die .. nummer|handynummer|rufnummer|handy|nr, nicht|nich|ned|net meine|die .. nummer|handynummer|rufnummer, nummer|handynummer|rufnummer|handy .. gehort .. mir|jetzt|nicht|jemand|anderen|meinem|meiner|uns, gehort .. nummer .. nicht, nicht die|der .. die|den sie|ihr such*|meinen|denken, nicht der den, in der nummer .. geirrt|vertan|verirrt, nummer .. geirrt|vertan|verwechselt, geirrt|vertan .. nummer, kenne|kenn|kennen .. nicht|keine|keinen|kein .. frau|herr|herrn|dame|person|namen, dame|herrn|frau|person .. kenne|kenn ich nicht, hier|da gibt|gibts .. keine|keinen|kein frau|herr|herrn, gibt|gibts .. hier .. keine|keinen, hier wohnt|heisst|ist .. keine|keinen|kein, wohnt hier nicht, wohnt nicht .. hier, nummer .. neu, nummer neu, neue nummer bekommen, nummer .. seit .. mir|meine, hatte|hat .. wer|jemand anders|anderes|anderer, falscher|falschen|falsche .. empfanger|adressat|person|mensch|frau|mann|nummer, falsch verbunden, sind .. falsch hier, sind falsch bei mir, an den falschen, an die falsche, verwechseln .. mich, verwechselt .. mich, vorbesitzer|vorganger|vorbesitzerin, unbekannt verzogen, nicht die person, nicht der richtige, nicht die richtige, meint|meinen .. jemand|wen|andere* anders|anderen|anderes, fremde nummer, hat|haben .. nummer .. nicht mehr, hat .. nummer nicht mehr, nummer .. neu vergeben, neu vergeben, nicht mehr unter dieser, unter dieser nummer .. nicht, nicht mein handy|telefon, nummer erst seit, diese nummer erst, name ist nicht, heisse nicht, heisse anders, jemand anders|anderes|anderen dran, suchen sie jemand, nicht mehr seine|ihre|deren .. nummer, den|die gibt es|s hier nicht, gibts hier nicht, gibt es hier nicht, falscher anschluss, falsch gelandet, sind falsch, bin nicht gemeint, bin ich nicht gemeint, nicht fur mich, nicht die inhaberin|der inhaber, kein anschluss, kenne sie nicht, kenne euch nicht persoenlich, nicht der adressat, anderer besitzer, nicht mehr der anschluss, nicht mehr die handynummer, nicht mehr das telefon|handy, nicht mehr der telefonanschluss, bin nicht die .. person, nicht die gesuchte, nicht mein name, nummer seit .. neu, besitzer*|inhaber* .. nummer, nummer erst, habe diese nummer neu|seit|jetzt, hab die nummer neu|seit|jetzt|erst, bin die|der falsche, da|hier sind sie|ihr falsch, sie|ihr sind|seid hier|da falsch, bins nicht, bin s nicht, suchen|sucht .. jemand ander*, andere nummer jetzt, hat .. andere nummer, unter dieser nummer .. keine|keinen|kein, kein|keine herr|frau .. hier, heiss anders, nummer ubernommen, nummer ist jetzt von mir, ist jetzt meine nummer",
        ),
        (
            Foreign,
            "nicht die falsche, nicht falsche, neue nummer, nummer .. andern|geandert, nummer geht|stimmt|funktioniert, falsch geliefert, falsche grosse|farbe|pflanze|ware|artikel|adresse|rechnung|tag|termin",
        ),
        (Yes, "stimme zu, stimme .. zu, bin einverstanden, bin dabei"),
        (
            No,
            "auf keinen fall, auf gar keinen fall, lieber nicht, bloss nicht, kein interesse, keinen bedarf, kein bedarf, nicht interessiert, kommt nicht in frage, will .. nicht, mochte .. nicht, brauch|brauche .. nicht|ned|net|nid, brauch i ned, ich nicht, war ich nicht, sicher nicht, bestimmt nicht, nein danke, na danke, nei merci, nee lass, keine lust, eher nicht, muss nicht sein, werde .. nicht tun, lass|lasst .. mal, nicht notig, vergiss es, vergesst es, nie im leben, absolut nicht, lehne .. ab, danke nein, ach nein, lieber nein, nicht noetig, kein bock, danke nicht, brauchts nicht, braucht es nicht, interessiert mich nicht, nicht gewollt, nicht dafur",
        ),
        (
            Disown,
            "nie|nicht|nirgends|nirgendwo|nix|nichts|nie|ned|net .. angemeldet|bestellt|angefordert|angefragt|eingetragen|zugestimmt|abonniert|gewollt, nie .. einwilligung|zustimmung|erlaubnis, keine .. einwilligung|zustimmung|erlaubnis",
        ),
        (
            Resume,
            "wieder|nochmal|neu|erneut .. anmelden|anmeldung|eintragen|aufnehmen|abonnieren|dabei, wieder|weiter|weiterhin .. schicken|senden|bekommen|erhalten|schreiben|zusenden|kriegen, weiter schicken, doch wieder, wieder nachrichten, melde|meldet|melden .. wieder an, wieder sms, wieder rein",
        ),
        (
            Who,
            "wer ist da|das|dran|dort, wer sind sie, wer seid ihr, wer bist du, wer schreibt, wer schickt, von wem ist|kommt|sind, mit wem, wer ist das, wer ist denn, wer steckt, was ist das fur, was ist blattwerk, was soll das sein, wer ist hier, kenne ich sie, um was geht, worum geht",
        ),
        (
            Access,
            "welche|was .. daten .. gespeichert|haben|habt, welche daten, was .. uber mich .. gespeichert|wissen|wisst, woher .. nummer|daten|kontakt, wo .. nummer her, wie kommen|kommt .. nummer|daten, auskunft .. art, art 15, artikel 15, kopie .. daten, daten .. herausgeben, gespeicherten daten|informationen, woher kennen|kennt|habt|haben .. mich|nummer",
        ),
        (Erase, "art 17, artikel 17, recht auf vergessen*, vergesst .. daten, vergessen werden"),
        (
            Oppose,
            "nicht einverstanden, nicht .. nutzen|verwenden|verarbeiten|benutzen|weitergeben, keine .. nutzung|verwendung|verarbeitung|weitergabe, art 21, artikel 21, stimme .. nicht zu, nicht zustimmen, nicht erlaubt|gestattet|gestatte|erlaube, untersage|verbiete|verbitte, nicht .. einverstanden, nicht .. verwendet|genutzt|verarbeitet|benutzt|weitergegeben|gespeichert, gegen die nutzung|verwendung|speicherung|verarbeitung|weitergabe",
        ),
        (Object, "lege .. widerspruch, lege .. einspruch, erhebe .. widerspruch|einspruch, mache .. widerspruchsrecht"),
        (Foreign, "muss|mochte ich .. widersprechen, widerspruch in sich"),
        (
            Close,
            "mit freundlichen|freundlichem|besten|lieben|herzlichen|vielen, viele grusse, liebe grusse, schone grusse, beste grusse, herzliche grusse, freundliche grusse, lieben gruss, schonen gruss, bis dann, en gruess, liebi gruess",
        ),
        (
            Request,
            "konnen sie, konnt ihr, kannst du, kann man, konnten sie, konntet ihr, konntest du, wurden sie, wurdet ihr, wollen sie, konntens, konnts, kann mich, chonted ihr, chond ihr",
        ),
        (
            Ask,
            "soll ich, muss ich, darf ich, kann ich, chan i, bin ich, werde ich, kriege ich, krieg ich, gilt das, gibt es, gibts, habt ihr, haben sie, hast du, ist das, sind sie, seid ihr, heisst das",
        ),
        (
            Keep,
            "gern weiter, gerne weiter, weiter gern, sind ok, ist ok, sind okay, sind in ordnung, will ich .. behalten, brauch|brauche .. noch, noch brauchen, mochte ich .. weiter, konnen bleiben, durfen bleiben, weiter bekommen|erhalten|schicken, sind gut, sind weiter, weiterhin gern, nur noch, nur die|den|zu|fur .. termin*, aber termin*",
        ),
        (
            Auto,
            "automatische antwort, automatisch .. erstellt|generiert|erzeugt|gesendet|versendet|verschickt, automatisierte antwort|nachricht, bin .. nicht im buro|haus, nicht storen beim fahren, postfach wird nicht, nachrichten werden nicht gelesen, wird nicht gelesen, kann gerade nicht sprechen, fahre gerade, sitze gerade im auto, bin gerade in .. besprechung|meeting, rufe .. spater zuruck, melde mich .. sobald|spater, antworte .. sobald, bis zum .. nicht erreichbar, derzeit nicht erreichbar, momentan nicht erreichbar, zurzeit nicht erreichbar, bin .. abwesend, danke fur ihre nachricht, vielen dank fur ihre nachricht, danke fur deine nachricht",
        ),
        (
            Robot,
            "antworten|antworte|antwortet sie|mit|du, zum abbestellen, zum abmelden|beenden|bestatigen, sms mit, fur hilfe, fur ja, fur nein, senden sie, sende|senden .. an 8*, stop oder link|dort|hier, stop zum, stop um, stop an, mit stop abmelden, abmeldung mit, abmelden mit stop, stop senden",
        ),
        (
            Footer,
            "gesendet von|mit|uber|aus, gesendet vom, von meinem .. gesendet, verschickt von|mit|uber, diese nachricht wurde von|mit, gesendet via, geschrieben auf|mit meinem, diktiert mit",
        ),
        (Footer, "schrieb .. folgendes, am .. schrieb"),
        (
            Retract,
            "war .. versehen, aus versehen .. geschickt|gesendet|geschrieben|gedruckt|getippt, falscher chat, falschen chat, falsche gruppe, falsches fenster, war nicht fur|an .. sie|euch|dich gedacht, vergesst .. nachricht, war .. nicht gemeint, war ein irrtum, war .. fehler, sollte an .. anderen, habs mir anders uberlegt",
        ),
        (
            Away,
            "haut .. ab, hau ab, zieht leine, macht die fliege, leckt mich, leck mich, konnt mich mal, verpisst .. euch, geht|gehen sterben|weg",
        ),
        (Doubt, "traumt weiter, wers glaubt, als ob, ihr mich auch, ja ja, ja sicher, ja super, ja toll, na klar"),
        (
            Kind,
            "vielen dank fur die info, danke fur die info, alles klar, kein problem, keine ursache, kein ding, nicht schlecht, danke fur den hinweis, gern geschehen, gute idee, bis dahin, schones wochenende, schonen tag, schonen abend, schonen feierabend, frohe weihnachten, nichts zu danken, passt schon, weiter so",
        ),
        (
            Sensitive,
            "zeig|zeige .. an, melde .. der|bei|euch|sie, gehe .. anwalt, hor|hort .. von meinem, nie .. zugestimmt|erlaubt|einwilligung|zustimmung, zu viele, zu oft, zu haufig",
        ),
        (
            Foreign,
            "falsche .. fur, nicht mehr da, anderen laden, nummer auf, nummer vom, nummer der, nummer von der|dem",
        ),
        (Filler, "uber 16|18, ab 16|18, 16|18 jahre alt, 16|18 jahre, alter als 16|18, volljahrig"),
        (
            WithYes,
            "uber 16|18, ab 16|18, 16|18 jahre alt, 16|18 jahre, alter als 16|18, volljahrig, hab|habe .. gesehen, hab|habe .. gelesen",
        ),
        (
            Anger,
            "wie oft, wie viele male, wieviele male, was .. verstehen|versteht|verstanden .. nicht, wie lange noch, wann kapiert, was bitte ist|soll, kapiert ihr, kapieren sie, muss ich erst|wirklich|jedes, wieso immer noch, warum immer noch, warum denn noch, hab|habe ich nicht .. gesagt|geschrieben|gebeten, hatte ich nicht",
        ),
        (
            Data,
            "alles .. uber mich, alle infos|informationen|angaben .. mich|mir, mein profil|kundenkonto|konto|account, was sie|ihr .. uber mich",
        ),
        (Not, "unter keinen umstanden"),
    ],
};
