//! Polish. `tak` is thanks in Danish and no yes alone.

use super::Language;
use crate::reply::class::Class::*;

pub(super) const LANGUAGE: Language = Language {
    words: &[
        (
            Stop,
            "wypisz wypisac wypiszcie wypisuje wypisanie rezygnuje rezygnacja zrezygnowac rezygnacje odwoluje \
             odsubskrybuj przestancie przestan przestac",
        ),
        (Call, "rezygnacja rezygnuje"),
        (Weak, "koniec anuluj dosc usun usuncie usunac starczy"),
        (Not, "nie nigdy bez"),
        (Nothing, "zadnych zaden nic"),
        (More, "wiecej juz dalej kolejnych dalszych"),
        (Channel, "sms smsy smsow ow wiadomosci wiadomosc powiadomien przypomnien esemesow"),
        (
            Send,
            "wysylac wysylajcie wysylaj wysylania otrzymywac dostawac pisac piszcie pisz kontaktowac przysylac \
             przysylajcie pisz* pisa* wysyl* przysyl* dzwon* kontakt* otrzymy* dostaw*",
        ),
        (Want, "chce zycze chcialbym chcialabym"),
        (Ads, "reklama reklam reklamy reklamowych spam spamu marketing reklamami reklame"),
        (Offer, "oferty ofert promocji newsletter* promocje"),
        (All, "wszystko wszystkie wszystkich"),
        (List, "listy lista bazy subskrypcje subskrypcja"),
        (Consent, "zgody zgoda zgode"),
        (Data, "dane danych danymi osobowych osobowe"),
        (Number, "numer numeru telefon nr"),
        (Erase, "usun usunac usuncie usuniecie skasujcie skasowac"),
        (Object, "sprzeciw sprzeciwiam"),
        (Wrong, "zly bledny niewlasciwy nieprawidlowy"),
        (Gone, "pomylka pomylke"),
        (Yes, "zgadzam potwierdzam"),
        (WithYes, "tak sie prosze chetnie oczywiscie dziekuje zgoda chce"),
        (No, "nie"),
        (WithNo, "dziekuje jestem zainteresowany zainteresowana chce to ja dzieki interesuje mnie"),
        (Help, "pomoc"),
        (Polite, "prosze dziekuje dzieki bardzo pozdrawiam uprzejmie"),
        (Kind, "dziekuje dzieki bardzo super swietnie do zobaczenia milego dnia"),
        (Greet, "witam dzien dobry czesc panstwo"),
        (Close, "pozdrawiam"),
        (
            Filler,
            "mnie mi moj moja moje mojego moich do od z ze w na o ten to ta te tej sie juz tych ta i prosze panstwa \
             was waszych waszej jestem tego tym temu",
        ),
        (
            Foreign,
            "zamowieni* dostaw* wizyt* faktur* paczk* rezerwacj* godzin* otwart* sklep jutro poniedzialek wtorek \
             sroda czwartek piatek sobota niedziela kod* udzial* spotkani*",
        ),
        (Ask, "jak kiedy gdzie dlaczego kto co czy skad jakie"),
        (If, "jesli jezeli tylko"),
        (But, "ale bo"),
        (Sensitive, "prawnik* prawnika rodo skarg* dane danych uodo policj* spam reklam* nekanie zgody"),
        (Subject, "ja wy"),
        (Reaction, "polubil polubila zareagowal zareagowala na"),
        (Halt, "usun usuncie usunac anuluj wykreslic skreslcie"),
        (Naught, "nic"),
        (Insult, "kretyn* debil* kurwa* spierdal* skurw* chuj* palanty"),
        (Annoy, "wkurz* denerw* nekac* nekacie nekanie spam* upierdliw* smieci uciazliw* irytuj* niechcian*"),
        (Quiet, "spokoj spokoju"),
        (Often, "codziennie ciagle"),
        (Drop, "usun* skasuj* wykresl* skresl* wyrzuc* zablok* zapomn*"),
        (Value, "interesuj* potrzeb*"),
        (You, "wasz* wami wam"),
        (Me, "mnie mi moj moje mojego"),
        (Stop, "wypis* rezygn* zrezygn* odsubskryb* skoncz* zatrzymaj zatrzymajcie zaprzesta*"),
        (Praise, "super swietn* uwielbiam"),
        (Only, "tylko"),
        (Told, "prosilem prosilam"),
        (Title, "pan pani pana"),
        (Miss, "szkoda dziala*"),
        (Family, "brata siostry matki ojca corki syna meza zony"),
        (Know, "znam"),
        (Is, "jest sa"),
        (Off, "wyjsc odejsc"),
    ],
    phrases: &[
        (
            Stop,
            "nie .. chce .. wiecej|otrzymywac|dostawac, nie zycze sobie, nie wiecej, \
             nie wysylac|wysylajcie|piszcie|pisac|pisz|wysylaj|przysylajcie|przysylac .. wiecej|juz|mi, \
             prosze nie wysylac|pisac|dzwonic, nie .. wiecej sms|wiadomosci, dajcie mi spokoj, daj mi spokoj, \
             zostawcie mnie, prosze mnie wypisac|usunac, usuncie mnie|moj, cofam .. zgode, wycofuje .. zgode, \
             odwoluje .. zgode, nie piszcie, nie wysylajcie, prosze o wypisanie, prosze przestac, mam dosc, \
             zabierzcie moj",
        ),
        (Foreign, "nie przestawajcie, koniec tygodnia|miesiaca"),
        (NotMe, "nie jestem"),
        (
            Gone,
            "zly|bledny|niewlasciwy|nieprawidlowy numer|adresat, pomylka numer*, to pomylka, to nie moj numer, \
             nie moj numer, nie jest .. moj numer, numer .. nie nalezy, nie znam, pomylil numery|numer, \
             pomyliliscie numer|numery, niewlasciwa osoba, nie ten numer",
        ),
        (Yes, "zgadzam sie, wyrazam zgode"),
        (No, "nie dziekuje, nie dzieki, nie jestem zainteresowan*, nie interesuje, to nie ja"),
        (Disown, "nie .. zamawialem|zapisywalem|zapisywalam|zamawialam|prosilem|prosilam"),
        (Who, "kto to, kto pisze, kim jestes, kim panstwo"),
        (Access, "jakie dane, skad .. numer, art 15"),
        (Erase, "prawo do bycia"),
        (Object, "sprzeciwiam sie, wnosze sprzeciw, zglaszam sprzeciw"),
        (Request, "czy mozecie, czy moglibyscie, mozecie, czy mozna, czy moge prosic"),
        (Auto, "automatyczna odpowiedz, poza biurem, prowadze samochod"),
        (Robot, "odpowiedz tak|stop|nie, aby zrezygnowac, aby wypisac, wyslij stop"),
        (Footer, "wyslane z|ze, wyslano z|ze"),
        (Resume, "zapisz mnie ponownie, zapisac ponownie, z powrotem, znow* zapis*"),
        (Retract, "przez pomylke, nie ten czat"),
        (Kind, "nie ma sprawy, nie ma problemu, bardzo dziekuje"),
        (Weak, "nie chce, koniec z"),
        (
            Fed,
            "mam .. dosc, juz dosc, daj*|dajcie .. spokoj, nie interesuj*, nie potrzeb*, odczep*, odwal*, zostawcie, \
             wystarczy juz|tego, nie mam ochoty, bez sensu, nie zycze, juz dziekuje, dziekuje juz, zostaw* mnie, w \
             spokoju",
        ),
        (Often, "za duzo|czesto, bez przerwy, caly czas, co chwile"),
        (Other, "ktos inny, inna osoba, kogos innego"),
        (Oppose, "nie zgadzam|wyrazam"),
    ],
};
