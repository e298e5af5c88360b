//! German, with what Austria, Switzerland and the south say.

mod phrases;

use super::Language;
use crate::reply::class::Class::*;

pub(super) const LANGUAGE: Language = Language {
    words: &[
        (
            Stop,
            "stop stopp stoppe stoppen stoppt stopt stopen stoppts gestoppt abmelden abmeldet abmeldung \
             abgemeldet abmeldn obmelden obmeldn obmoldn abmalde abmaelde abbestellen abbestelle abbestellung \
             abbestellt austragen ausgetragen aufhoren aufzuhoren aufhort aufhorn aufhore unterlassen \
             unterlassung widerruf widerrufe widerrufen widerrufs abmeldeanfrage austragung wiederruf wiederuf \
             wiederrufen wiederrufe aussteigen ausgestiegen abmeldebestatigung abzumelden auszutragen \
             abzubestellen austreten deabonnieren deabonniere abmelde*",
        ),
        (Call, "stop stopp abmelden abmeldung abbestellen"),
        (
            Weak,
            "ende schluss kundigen kundige kundigung beenden beende loschen losche loscht entfernen entfernt entferne \
             streichen streicht abstellen abstellt einstellen deaktivieren abschalten genug unterlasst sperren \
             einzustellen abzustellen loswerden verzichten verzichte verschonen verschont loschung raus reicht gnueg \
             gnua gnuag finito blockieren gekundigt",
        ),
        (Not, "nicht nich ned net nit nid niet nie niemals ohne nimmer nimma nimmermehr keinesfalls num"),
        (After, "nicht nich ned net nit nid niet nie ungern"),
        (
            Nothing,
            "kein keine keinen keiner keinem keinerlei nichts nix nichtsmehr nut ka kei koa koane koi keis koana kane \
             niemand niemanden niemandem keene keen keener keenen koan kaan",
        ),
        (
            More,
            "mehr weitere weiteren weiterer weiterhin wieder meh mehrere mea mera nimmer nimma nume numme nimme \
             kunftig zukunftig langer num numm nuem",
        ),
        (Not, "nume numme nimme ungern numm nuem"),
        (
            Channel,
            "sms smse kurznachricht* nachricht nachrichten mitteilung mitteilungen meldungen benachrichtigung* \
             textnachricht* erinnerungs* whatsapp mails post kontakt kontaktaufnahme* kontaktversuch* zusendung* \
             nochricht* nachrichte infos rundsms massensms botschaft* anrufe terminerinnerung* erinnerung* texte \
             gebimmel mail email",
        ),
        (
            Send,
            "schreiben schreibt schreib schreibe schreibst schriibe schreibn schreibts geschrieben senden sendet \
             sende gesendet zusenden zugesendet schicken schickt schick schicke schickst schickn schicke \
             schickts zuschicken geschickt anschreiben angeschrieben kontaktieren kontaktiert kontaktieret \
             belastigen belastigt belastigung bekommen bekomme erhalten erhalte kriegen kriege krieg kriagn \
             uberkomme ubercho horen hore zuschutten zugeschuttet texten zumullen antexten simsen anfunken \
             behelligen behelligt zugestellt melden meldet melde benachrichtig* informier* beliefer* beschick* \
             bombardier* zuspam* zuball* vollspam* kontaktier* anschreib* angeschrieb* zuschick* zusend* anruf* \
             anmail* zutext* nerv* schreim schicked schrybed schriibed schribed sended schickets",
        ),
        (
            Want,
            "will mochte moecht mochten wunsche wunschen wollen mag mog wett wott wotti brauche brauch bruche bruchi \
             benotige brauchen hatte wurde wunsch wui mecht mechat sollen soll sollt sollst sollte wu wull",
        ),
        (Ads, "werbung werbe* reklame* marketing* spam spams spamerei spammen spammt mull wirbig werbig"),
        (
            Offer,
            "angebot angebote angeboten aktionen aktion rabatte rabatt newsletter* rabatt* gutschein* \
             sonderangebot* promo* schnappchen* tipp* tipps hinweise news updates infos",
        ),
        (
            All,
            "alle alles allem allen sammtliche samtliche samtlichen samtlicher jede jegliche jeglichen jeglicher \
             jeden komplett ganz uberall",
        ),
        (
            List,
            "verteiler* liste listen kartei adressliste abo abonnement mailingliste dienst service datenbank \
             empfangerliste verzeichnis system teilnahme registrierung anmeldung dienstes smsdienst versand \
             smsversand zusendung* infodienst empfang zustellung bezug listn",
        ),
        (
            Consent,
            "einwilligung* zustimmung* einverstandnis* erlaubnis* genehmigung* nutzung nutzungs* verwendung \
             vereinbarung verarbeitung",
        ),
        (
            Data,
            "daten datensatz personendaten kundendaten personenbezogen* kontaktdaten nutzerdaten kundenkonto \
             gespeichert gespeicherten gespeicherte dsgvo datenloschung datei kundendatei kundenkartei angaben",
        ),
        (
            Number,
            "nummer nr rufnummer handynummer telefonnummer handynr telnr mobilnummer nummern nummere nummara handy \
             natel sim simkarte diensthandy firmenhandy anschluss arbeitshandy",
        ),
        (
            Erase,
            "loschen losche loscht loschung geloscht loschn vernichten entfernen entfernt losch losched \
             datenloschung",
        ),
        (
            Object,
            "widerspruch widerspruchs widerspreche untersage untersagen verbiete verbitte verbieten widersprich \
             widersprech werbewiderspruch",
        ),
        (Oppose, "widersprechen missbillige"),
        (Wrong, "falsch falsche falschen falscher falschi foische foisch verkehrte verkehrt"),
        (Gone, "verwahlt verwaehlt irrlaufer nummernirrtum"),
        (Yes, "ja jaa jawohl jawoll einverstanden jap jep jup jo joa jepp joh"),
        (Ok, "ok okay okey oki"),
        (
            WithYes,
            "gern gerne naturlich klar ich bin will mochte stimme zu bestatige bestatigen hiermit anmelden \
             anmeldung das sehr doch spate spat antwort entschuldigung sorry freue freu mich drauf passt gar \
             dabei unbedingt selbstverstandlich punkt ausrufezeichen sms per angebote angebot von und so eben \
             jetzt fur die gern garn einverstanden zur den uns euch ihnen ihre eure alle infos newsletter \
             absolut sicher auf jeden fall bekommen erhalten",
        ),
        (No, "nein nee ne nope no noe nei naa naja nah neien nai niemals abgelehnt ablehnen ablehnung vergiss"),
        (
            WithNo,
            "das war ich nicht kein keine keinen interesse bedarf will mochte brauch brauche nichts nix danke lass \
             lasst mal lieber auf gar keinen fall du na eh dafur daran mir es i ned nicht mehr ja sage bestimmt \
             sicher nie niemals werde tun machen wirklich absolut uberhaupt bitte fur mich ist hab habe dran tschuss \
             doch eher schon wollen braucht vergiss vergesst leben notig lehne ab bock stecken ach ohne etwas was \
             dieses im angefordert bestellt da hier ernst mich uns angemeldet eingetragen abonniert registriert \
             schwester bruder frau mann tochter sohn meine mein",
        ),
        (Interest, "interesse bedarf interessiert lust bock luscht"),
        (Start, "start starten"),
        (Help, "hilfe info infos hilf"),
        (Info, "info infos"),
        (
            Polite,
            "bitte bitteschon danke dankeschon vielen dank dankend freundlich herzlichen sorry entschuldigung \
             entschuldigen merci bitti bidde biddschen bitten bitt eich hofliche hoflich hoflichst beste",
        ),
        (
            Kind,
            "super prima toll klasse schon schone schones schoner schonen gut gute guter gutes danke dank vielen \
             herzlichen herzlich liebe lieber lieben wunderbar spitze perfekt freut freu freue haha hihi lol \
             hahaha cool geil passt klar alles genau ok okay bis bald morgen samstag sonntag montag dienstag \
             mittwoch donnerstag freitag dann tschuss ciao servus wochenende feierabend tag abend weihnachten \
             ostern fest frohe frohes gleichfalls ebenso ihnen euch dir auch mich sehr dafur top nett lieb wow \
             hehe mega weiter so grusse gruss zuruck neues jahr erledigt verstanden notiert angekommen die info",
        ),
        (
            Greet,
            "hallo hi hey moin servus guten gruezi hoi grussgott tach liebes liebe lieber sehr geehrte geehrter \
             damen und herren halli hallochen moinsen team tag abend morgen zusammen leute ihr heast oida",
        ),
        (Close, "mfg lg vg vlg hg grusse gruss grussle griass gruessli gruss hochachtungsvoll glg"),
        (
            Filler,
            "der die das den dem des ein eine einen einer eines einem und an in im am zu zum zur von vom mit bei fur \
             auf aus ab um per uber nach vor als so da hier dort doch mal halt eben schon noch nun jetzt sofort \
             endlich bitte auch nur sehr mir mich uns euch ihnen dir dich ihr ihre ihren ihrem ihrer eure euren eurer \
             eurem euer mein meine meinen meiner meinem sie du er man es diese dieser dieses diesen diesem solche \
             solchen irgendwelche irgendwie echt wirklich einfach ja also denn bin sind werden wird wurde werde haben \
             gern gerne hiermit heute ab sofortiger wirkung gultig bestatigen dringend umgehend unverzuglich einmal \
             endgultig ganz gar uberhaupt dauerhaft voraus davon damit daran darauf wie gesagt scheiss scheisse \
             verdammt verdammten verfluchten blod bloden doofen nervigen bescheuerten konnen konnt kann konnte mocht \
             lasst lassen dass de di dr mi i eich dermit uf vo vu us gege mer mir a ois oise isch scho mol bis art \
             aller dingend zukunft dreimal zweimal ewig standig immer dauernd rufnummernliste handyliste gemass gem \
             laut dsgvo ware frau mann herr herrn bereits mehrfach mehrmals oft zwei drei gestern ick icke dit dat \
             wat det jemand wer einer ma fristlos ausdrucklich formlos formell unwiderruflich schriftlich \
             nachdrucklich wi dene alte alten alter",
        ),
        (
            Foreign,
            "bestell* lieferung* liefern termin termine termins terminen rechnung* paket* packchen gutschein* \
             kauf* gekauft reservier* buchung* auftrag* auftragen artikel pflanze* topf* uhr uhrzeit heute \
             morgen ubermorgen nachmittag vormittag offnung* geoffnet geschlossen haltestelle* bushaltestelle \
             bus kunde kundin mitglied hause zuhause daheim krank preis* code* reklamation* ware waren retoure* \
             rucksendung* umtausch* woche wochen stopfen tisch* kurs* workshop* garten* laden geschaft konto \
             aktion sale verkauf* fruhjahrsverkauf blatt blatter passwort montag dienstag mittwoch donnerstag \
             freitag samstag sonntag monatskarte karte abholung abholen abhol* verein behandlung* fleck foto \
             bild lieferant fahrer tour probe stunde stunden kind schneckenstopp fieber schmerzen \
             regen heizung zahlung uberweisung mahnung betrag geld kredit* zoll anprobe",
        ),
        (
            Ask,
            "wie wo wann was warum wieso weshalb wer wem wen wozu welche welcher welches woher wohin wofur \
             wieviel heisst bedeutet ob wia wos wer",
        ),
        (If, "wenn falls sofern sobald solange soweit vorausgesetzt"),
        (Subject, "ich wir sie ihr du es er i mir dass ick icke"),
        (Is, "ist sind war bin is wars waren gehort sei isch"),
        (Past, "hab habe haben hatte hatten hat bekam kam kommt kamen gibt bekomme erhalte kriege krieg angemeld*"),
        (Got, "bekommen erhalten gekriegt bekomme erhalte kriege krieg bekam kam kommt"),
        (Me, "ich mich mir mein meine meinen meiner meinem meines ick"),
        (But, "aber sondern denn weil sonst jedoch trotzdem allerdings ausserdem deswegen deshalb sowie ansonsten"),
        (And, "und oder sowie"),
        (That, "dass"),
        (
            Sensitive,
            "anwalt* anwalt rechtsanwalt* rechtlich* rechtsschritte gericht* klage klagen abmahn* datenschutz* \
             dsgvo dsgv bundesnetzagentur verbraucherzentrale verbraucherschutz* polizei strafanzeige anzeige \
             anzeigen beschwer* belastig* abzocke betrug betruger* illegal rechtswidrig unzulassig* unverschamt* \
             frechheit auskunft einwilligung* zustimmung* werbung* spam daten personenbezogen* loschung uwg \
             schadensersatz nervt nerven nervig lastig behorde aufsichtsbehorde staatsanwalt* verklag* \
             unterlassung* verboten verbot einverstandnis widerruf* widerspruch* geloscht",
        ),
        (Doubt, "hm hmm mhm naja vielleicht eventuell witz ironie jaja jain nicht kein eh dislike"),
        (Auto, "abwesenheitsnotiz abwesenheitsassistent autoreply autoantwort abwesenheitsmeldung"),
        (
            Reaction,
            "gefallt hat mit markiert nicht auf reagiert reagierte zu von entfernt geliebt gelacht gelikt uber \
             ein eine einen mag betont hervorgehoben reaktion like mir herz daumen hoch runter liebt hinterfragt \
             fragezeichen ausrufezeichen emoji",
        ),
        (Retract, "zuruckgenommen"),
        (Keep, "behalten beibehalten weiterhin"),
        (Access, "auskunft auskunftsersuchen datenauskunft selbstauskunft auskunftsanfrage"),
        (Away, "verpisst verpiss verpissen verschwindet verschwinde schleicht schleich schleichts"),
        (Disown, "unaufgefordert ungefragt"),
        (
            Halt,
            "beenden beendet beende kundigen kundige loschen losche loscht entfernen entferne streichen streicht \
             streiche abstellen abstellt einstellen einzustellen abzustellen deaktivieren abschalten sperren \
             verschonen verschont absehen unterbinden unterlassen zuruckziehen ruckgangig aufheben aufkundigen \
             rausnehmen genommen raus herausnehmen nehmen weglassen abzubestellen canceln stornieren storniere storniert \
             ausschalt* ausgeschaltet ausstell* abschalt* abdreh* abklemm* rauswerf* rausschmeis* rauslosch* \
             weglass* wegmach* deaktivier* deabonn* deinstall* annullier* unterbind* unterdruck* ausblend* \
             rausnehm* herausnehm* abhang* auslosch* cancel* aussetz* unterbrech* entziehe entziehen entzogen \
             entzieht entfernung streichung abschaltung",
        ),
        (Naught, "nichts nix nichtsmehr nut nuet"),
        (Short, "art gem nr abs dr hr fr tel str st bzw ca evtl inkl usw etc prof abt lt ggf bzgl zzgl max min mind"),
        (Article, "mein meine meinen meinem meiner meines den die das der dem unsere unseren unser ihren eine einen"),
        (Done, "geloscht entfernt gestrichen gestoppt losched"),
        (Reproach, "wann warum wieso weshalb"),
        (
            Insult,
            "idiot* vollidiot* trottel* depp deppen vollpfosten arschl* arsch arschgeigen wichser* wixer* spinner \
             penner hirnis schweine schweinebande drecksack* dreckskerl* drecksladen mistkerl* bastarde hurensohn* \
             fotze* pisser abzocker* gauner verbrecher halunken dummkopfe blodmanner saftladen saubande fickt \
             gfraster",
        ),
        (
            Annoy,
            "nerv* genervt lastig* belastig* penetrant* aufdringlich* unertraglich* unverschamt* frechheit zumutung \
             terror* telefonterror smsterror psychoterror sinnlos* nutzlos* unnotig* uberflussig* uninteressant* \
             bescheuert* bekloppt* mull quatsch mist scheiss* schrott schmarrn* kack* blodsinn unsinn schwachsinn zeug kram dreck krempel \
             spinnt spam* zugespammt zugemullt bombardiert stort storen storend gestort stalk* schas schass kotz* \
             ankotz* hasse dreist* schamlos* langweil* gelaber unmoglich unerwunscht* ungebeten* ungefragt ungewollt*",
        ),
        (Quiet, "ruhe ruh ruah rueh frieden klappe maul schnauze goschn gosche gusch"),
        (
            Often,
            "dauernd* standig* andauernd* pausenlos* unentwegt taglich* stundlich* fortwahrend permanent massenhaft \
             massenweise haufenweise ununterbrochen zigmal",
        ),
        (
            Drop,
            "schmeiss* werft wirf werfen raus runter losch* tilgt tilgen radier* vergesst vergiss blockier* blocke \
             blockt geblockt sperr* gesperrt auflos* aufzulosen verbann* eliminier* rausgeschmissen ignorier* \
             gestrichen ausradier* ausgeschlossen verwerft vernichte* ausse aussa aussi ausi",
        ),
        (
            Value,
            "interessier* kummert juckt lese nutze benutz* verwend* ertrage dulde dulden akzeptier* gefallen braucht \
             benotigt gebraucht erwunscht gewunscht bedarf brukt bruk bruken bruch",
        ),
        (
            You,
            "ihr euch euer eure euren eurer eurem ihnen du dich dir dein deine deinen deinem eich enk oich eicham \
             eierm",
        ),
        (Miss, "verpass* versaum* schade geht gehen funktionier* klappt gilt gultig"),
        (When, "nachts nacht abends spat morgens fruh mittags sonntags feiertags wochenende mitternacht"),
        (Short, "k"),
        (Stop, "abmeld* obmeld* abbestell* austrag* ausgetrag* abgemeld* deabonn* abonnementende abgmeld* austritt*"),
        (Halt, "einstell* abstell* eingestellt auflos* aufgelost abbestellt"),
        (Foreign, "nonstop"),
        (Fed, "verstorben verstorbene verstorbenen kb tabu sperrliste verweiger*"),
        (
            Praise,
            "super prima toll* klasse wunderbar spitze perfekt geil liebe lieben mega freue freut beste besten genial \
             begeistert lieblings* gern gerne haha hihi lol hahaha",
        ),
        (Off, "aus weg raus runter"),
        (Only, "nur"),
        (Told, "gebeten gesagt geschrieben mitgeteilt aufgefordert"),
        (Title, "frau herr herrn hr fr fam familie"),
        (
            Family,
            "bruder bruders schwester ex mutter vater vaters tochter sohn sohnes sohns enkel oma opa frau mann mannes \
             chef chefs kollege kollegen kollegin freund freundin nachbar nachbarn vormieter",
        ),
        (Know, "kenne kenn"),
    ],
    phrases: phrases::PHRASES,
};
