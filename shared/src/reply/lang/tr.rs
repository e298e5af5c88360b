//! Turkish. A verb's negation is in the verb: `göndermeyin`.

use super::Language;
use crate::reply::class::Class::*;

pub(super) const LANGUAGE: Language = Language {
    words: &[
        (
            Stop,
            "durdur durdurun iptal gondermeyin gondermeyiniz atmayin atmayiniz yazmayin yazmayiniz yollamayin \
             aramayin cikarin birakin vazgectim ayrilmak gonderme atma yazma iptal*",
        ),
        (Call, "iptal durdur"),
        (Weak, "dur yeter bitir silin kaldirin sil"),
        (Not, "degil etmeyin durdurmayin istemiyorum"),
        (Nothing, "hic hicbir"),
        (More, "artik daha bir bida"),
        (Channel, "sms mesaj mesaji mesajlar mesajlari mesajlarinizi bildirim ileti"),
        (Send, "almak gondermek yazmak almak"),
        (Want, "istiyorum isterim istemiyorum"),
        (Ads, "reklam reklamlari reklamlar spam"),
        (Offer, "kampanya* teklif* indirim* firsat*"),
        (All, "tum hepsi hepsini butun"),
        (List, "liste listeden listenizden abonelik aboneligi aboneligimi uyelik"),
        (Consent, "iznimi izin onay onayimi rizami"),
        (Data, "veri veriler verilerimi verilerim kisisel bilgilerimi bilgilerim"),
        (Number, "numara numaram numarasi numarami telefon"),
        (Erase, "silin silinsin silinmesini sil siliniz"),
        (Object, "itiraz"),
        (Wrong, "yanlis"),
        (Yes, "evet onayliyorum"),
        (Ok, "tamam"),
        (WithYes, "lutfen tesekkurler tesekkur ederim kabul ediyorum istiyorum tabii onayliyorum"),
        (No, "hayir yok"),
        (WithNo, "tesekkurler istemiyorum ilgilenmiyorum tesekkur ederim"),
        (Help, "yardim"),
        (Polite, "lutfen tesekkurler tesekkur ederim sagol sagolun rica"),
        (Kind, "tesekkurler tesekkur ederim sagol sagolun cok guzel harika gorusuruz super"),
        (Greet, "merhaba selam gunaydin"),
        (Close, "saygilar saygilarimla"),
        (
            Filler,
            "bana beni ben benim bu su bir lutfen de da ve siz sizden size sizin artik ediyorum edin ediniz \
             gondermeyin atmayin lutfen istiyorum bunu ile etmek olsun",
        ),
        (Foreign, "siparis* randevu* teslimat* fatura* paket* saat* acik yarin kod* magaza*"),
        (Ask, "nasil neden kim nerede nereden hangi kac"),
        (But, "ama fakat cunku"),
        (Sensitive, "avukat* kvkk sikayet* veri* spam reklam* taciz polis mahkeme"),
        (Reaction, "begendi ifadesini tepki verdi ile"),
        (Halt, "silin kaldirin sil iptal cikar"),
        (Insult, "aptal* salak* gerizekal* serefsiz* orospu* siktir* pezevenk*"),
        (Annoy, "rahatsiz* taciz* gereksiz* sacma*"),
        (
            Fed,
            "biktim usandim yeter bezdim biktirdiniz yetti ilgilenmiyorum gondermez* gondermesin* atmasin* yazmasin* \
             istenmeyen",
        ),
        (Often, "surekli devamli"),
        (Drop, "cikar* sil silin silin* engell* kaldir*"),
        (You, "siz sizden sizin"),
        (Me, "beni bana benim"),
        (Want, "istemem"),
        (Not, "istemem"),
        (Praise, "harika guzel seviyorum"),
        (Only, "sadece yalnizca"),
        (Miss, "calis*"),
        (Off, "cikmak ayrilmak"),
    ],
    phrases: &[
        (
            Stop,
            "mesaj .. istemiyorum|atma|gonderme|almak istemiyorum, sms .. istemiyorum, rahat birakin, \
             listeden cikarin|cikar, listenizden cikarin, abonelikten cik*, beni .. cikarin, rahatsiz etmeyin, \
             bir daha .. yazmayin|gondermeyin|atmayin, mesaj gondermeyin|atmayin|yazmayin, \
             aboneligi|aboneligimi .. iptal, numarami .. silin",
        ),
        (Foreign, "iptal etmeyin, durdurmayin, randevu* .. iptal"),
        (
            Gone,
            "yanlis numara|kisi, numara .. yanlis, benim numaram degil, numaram degil, numara .. bana ait degil, \
             benim degil, ben o degilim, yanlis kisiye, tanimiyorum, bana ait*",
        ),
        (Yes, "kabul ediyorum"),
        (No, "ilgilenmiyorum, hayir tesekkur*, gerek yok"),
        (Disown, "ben .. kaydolmadim|istemedim|uye olmadim"),
        (Who, "kimsiniz, kim bu, siz kimsiniz, sen kimsin"),
        (Access, "hangi veri*, numarami nereden"),
        (Object, "itiraz ediyorum"),
        (Resume, "tekrar kaydol*, yeniden kaydol*, tekrar|yeniden ekle*|al*|basla*"),
        (Auto, "otomatik yanit|cevap, araba kullaniyorum"),
        (Robot, "iptal icin, onaylamak icin, yanitlayin"),
        (Footer, "telefonumdan gonderildi, gonderildi"),
        (Kind, "rica ederim, sorun degil"),
        (
            Fed,
            "rahat birak*, rahatsiz etme*, pesimi birak*, gerek yok, ihtiyacim yok, beni sil*|cikar*, artik \
             istemiyorum, istemiyorum artik, lutfen durdur*, uyelig* iptal, birak* beni, beni birak*",
        ),
        (Often, "cok fazla, her gun"),
        (Other, "baska biri, baskasi*"),
        (Oppose, "izin vermi*|vermed*|yok"),
    ],
};
