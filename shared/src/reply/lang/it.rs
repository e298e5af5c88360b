//! Italian.

use super::Language;
use crate::reply::class::Class::*;

pub(super) const LANGUAGE: Language = Language {
    words: &[
        (
            Stop,
            "disiscrivi disiscrivimi disiscrizione disiscrivermi disiscrivetemi disdire disdetta disdico revoco \
             smettete smettetela smettila smetti cancellatemi cancellami cancellarmi toglietemi toglimi \
             rimuovetemi rimuovimi annullare eliminatemi",
        ),
        (Call, "disiscrivi disdetta"),
        (Weak, "annulla cancella basta cancellare rimuovere eliminare eliminate cancellate finitela finiamola"),
        (Not, "non mai senza"),
        (Nothing, "nessun nessuna niente nulla"),
        (More, "piu altri altre ulteriori ancora"),
        (Channel, "sms messaggi messaggio messaggini promemoria notifiche comunicazioni email mail"),
        (
            Send,
            "ricevere ricevo mandare mandate mandatemi mandarmi inviare inviate inviatemi inviarmi scrivere scrivete \
             scrivetemi scrivermi contattare contattarmi contattatemi disturbare disturbarmi contatt* scriv* mandar* \
             mandat* inviar* inviat* chiam* sentir* sentirti",
        ),
        (Want, "voglio vorrei desidero vogliamo"),
        (Ads, "pubblicita pubblicitari* spam marketing promozionali"),
        (Offer, "offerte offerta promozioni promozione newsletter* sconti"),
        (All, "tutto tutti tutte"),
        (List, "lista elenco abbonamento iscrizione servizio"),
        (Consent, "consenso autorizzazione"),
        (Data, "dati personali informazioni"),
        (Number, "numero cellulare telefono"),
        (Erase, "cancellare cancellate eliminare eliminate cancellazione cancella cancell* elimin*"),
        (Object, "oppongo opposizione"),
        (Wrong, "sbagliato sbagliata errato errata"),
        (Yes, "si certo accetto confermo"),
        (
            WithYes,
            "grazie volentieri certo per favore voglio vorrei accetto confermo va bene d accordo sono piacere \
             ricevere offerte le",
        ),
        (No, "no"),
        (WithNo, "grazie non sono interessato interessata mi interessa voglio io"),
        (Help, "aiuto"),
        (Polite, "grazie per favore cortesia piacere gentilmente prego mille"),
        (Kind, "grazie mille perfetto ottimo va bene buona giornata serata a presto ciao bene"),
        (Greet, "ciao buongiorno buonasera salve gentili"),
        (Close, "saluti"),
        (
            Filler,
            "il lo la i gli le un una di da del della dalla dei con su per che mi ci vi vostri vostra vostro questo \
             questi questa mio mia miei a al alla e ed subito ora io voi ho essere piacere in questo li ne",
        ),
        (
            Foreign,
            "ordine ordini consegna appuntament* fattura* pacco prenotazion* ore aperti aperto negozio domani \
             domenica lunedi martedi mercoledi giovedi venerdi sabato piant* codice prezzo orari*",
        ),
        (Ask, "come quando dove perche chi quale quanto cosa che"),
        (If, "solo"),
        (Subject, "io voi lei"),
        (Is, "e sono sei"),
        (Past, "ho ha avete ricevo"),
        (Got, "ricevuto ricevo"),
        (Me, "io mio mia"),
        (But, "ma pero perche altrimenti"),
        (
            Sensitive,
            "avvocato garante privacy denuncia dati spam pubblicita* reclamo polizia gdpr illegale querela \
             consenso",
        ),
        (Reaction, "piace mi messo ha a di aggiunto un cuore non enfatizzato riso rimosso reagito"),
        (
            Halt,
            "annulla annullare cancella cancellare cancellate rimuovere rimuovete eliminare eliminate togliete \
             togliere disattivare ferma fermate fermare fermatevi",
        ),
        (Naught, "niente nulla"),
        (Insult, "stronz* coglion* bastardi vaffanculo imbecill* deficient* cretini"),
        (Annoy, "fastidi* rompe* rompet* scocci* insopportabil* inutil* molest* spam merda seccat* invadent*"),
        (Quiet, "pace"),
        (Often, "troppi troppe troppo continuamente"),
        (
            Drop,
            "togliet* togli toglier* rimuov* elimin* cancell* depenn* dimenticat* blocc* levatemi escludet* disattiv* \
             tolg*",
        ),
        (Value, "interess* serve servono bisogno utile"),
        (You, "voi vostr* tuoi"),
        (Me, "mi"),
        (Stop, "disiscri* disabbon* annullat* smett*"),
        (Praise, "perfetto ottimo adoro bello bellissimo"),
        (Off, "via fuori uscire"),
        (Only, "solo soltanto"),
        (Told, "chiesto detto scritto"),
        (Title, "sig signor signora"),
        (Miss, "peccato funziona*"),
        (Resume, "riattiv* reiscriv*"),
        (Family, "fratello sorella madre padre figlia figlio marito moglie"),
        (Know, "conosco"),
    ],
    phrases: &[
        (
            Stop,
            "non voglio piu, non vorrei piu, basta messaggi|sms|pubblicita|spam|cosi, \
             non .. scrivete|mandate|inviate|contattate|scrivetemi|mandatemi|contattatemi|inviatemi piu, \
             lasciatemi .. pace|stare, lasciami in pace, non desidero piu, \
             non scrivetemi|contattatemi|mandatemi, via dalla lista, revoco .. consenso, ritiro .. consenso, \
             mi disiscrivo, non mandatemi|scrivetemi|inviatemi|contattatemi, non mi interessa|interessano piu, \
             cancellate il mio numero, rimuovete il mio, smettete di, smettetela di, basta con",
        ),
        (Foreign, "non smettete, non smettere, alla fine"),
        (NotMe, "non sono, non e il numero di"),
        (
            Gone,
            "sbagliato .. numero|persona, numero sbagliato|errato, persona sbagliata, non e .. mio|suo .. numero, non \
             e piu .. numero, ha sbagliato, avete sbagliato, hai sbagliato, non conosco, non sono io quell*, non sono \
             la persona",
        ),
        (
            Foreign,
            "numero del|della|sul, nessun problema, non c e problema, \
             sbagliato .. ordine|taglia|colore|indirizzo|giorno",
        ),
        (Yes, "sono d accordo, accetto volentieri"),
        (No, "no grazie, non mi interessa, non sono interessato|interessata, non voglio"),
        (
            Disown,
            "non .. mai iscritto|iscritta|richiesto|chiesto, non ho chiesto|richiesto|ordinato, \
             mai iscritto|richiesto|chiesto",
        ),
        (Who, "chi e, chi sei, chi siete, chi parla, chi scrive"),
        (Access, "quali dati, dove .. mio numero, come .. mio numero, articolo 15"),
        (Erase, "diritto all oblio"),
        (Object, "mi oppongo"),
        (Close, "cordiali saluti, distinti saluti, buona giornata"),
        (Request, "potete, puo, puoi, potreste, potrebbe"),
        (Ask, "posso, devo, a che ora, siete"),
        (Resume, "iscrivetemi di nuovo, iscrivimi di nuovo, riprendere"),
        (Auto, "risposta automatica, fuori ufficio, sto guidando, sono alla guida, sono in ferie"),
        (Robot, "rispondi con, rispondere con, per annullare, per confermare, per disiscriversi, stop per"),
        (Footer, "inviato da|dal|con"),
        (Retract, "per errore scusate, chat sbagliata"),
        (Kind, "non c e problema, nessun problema, buona giornata, a presto, va bene"),
        (Weak, "niente piu, non piu"),
        (
            Fed,
            "non ne posso, stufato|stufata|stufi, sono stufo|stufa|stanco|stanca, mi avete \
             stanc*|stufat*|rotto|scocciat*, ne ho abbastanza, lasciatemi perdere|stare, non ho .. bisogno, non mi \
             serve|servono|interess*, non fa per me, nessun interesse, non sono .. interessat*, basta \
             con|adesso|ora|per, ho detto basta, fuori dalla|dai, che palle, avete rotto|stufato|stancato",
        ),
        (Often, "ogni giorno, in continuazione, tutti i giorni"),
        (Other, "qualcun altro, altra persona"),
        (Foreign, "non lo so"),
        (Oppose, "non autorizzo|acconsento|accetto"),
        (If, "se non, se e, se costa"),
    ],
};
