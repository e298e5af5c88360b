//! French.

use super::Language;
use crate::reply::class::Class::*;

pub(super) const LANGUAGE: Language = Language {
    words: &[
        (
            Stop,
            "arret arrete arreter arretez stoppez desabonner desabonnez desabonnement desabonne \
             desinscrire desinscription desinscrivez desinscris resilier resiliation resilie retirez radiez",
        ),
        (Call, "arret desabonner desabonnement desinscription"),
        (
            Weak,
            "annuler supprimer supprimez effacez marre assez retirer enlevez enlever ca suffit cessez annulez fini \
             finie stopper",
        ),
        (Not, "pas ne jamais plus sans"),
        (Nothing, "aucun aucune rien pas"),
        (More, "plus jamais davantage autre autres"),
        (Channel, "sms message messages texto textos msg rappel rappels notification* courrier mail mails email"),
        (
            Send,
            "envoyer envoyez envoyez recevoir recois ecrire ecrivez contacter contactez contacte sollicite solliciter \
             deranger derangez harceler envoi recevez envoie ecri* envoie* envoy* contact* appel* sollicit* texter \
             textez relanc*",
        ),
        (Want, "veux souhaite voudrais desire vouloir"),
        (Ads, "publicite* pub pubs publicitaire* spam demarchage prospection commerciale* marketing"),
        (Offer, "offre offres promo* newsletter* bon reduction*"),
        (All, "tout tous toutes toute"),
        (List, "liste listes abonnement fichier* base"),
        (Consent, "consentement accord autorisation"),
        (Data, "donnees informations coordonnees personnelles rgpd infos"),
        (Number, "numero num portable telephone portable"),
        (Erase, "supprimer supprimez effacer effacez effacement suppression supprim* effac*"),
        (Object, "oppose opposition"),
        (Wrong, "mauvais faux errone"),
        (Yes, "oui ouais ouip"),
        (Ok, "daccord"),
        (
            WithYes,
            "accepte je j veux bien merci svp d accord s il vous te plait volontiers sur bonjour les offres \
             recevoir confirme avec plaisir",
        ),
        (No, "non nan"),
        (WithNo, "merci pas interesse interessee ne je suis n veux c est moi etait du tout"),
        (Help, "aide"),
        (Polite, "merci svp bonjour s il vous te plait beaucoup bien"),
        (Kind, "merci beaucoup super parfait genial bonne journee soiree a bientot bientot tres bien joyeux noel"),
        (Greet, "bonjour salut bonsoir madame monsieur messieurs coucou"),
        (Close, "cordialement bisous"),
        (
            Filler,
            "le la les l un une des du de d je j me m moi mon ma mes vos votre ce cet cette ces en et a au aux pour \
             par avec sur vous te tu il que qui s y dans tout suite maintenant desormais etre suis est immediatement \
             deja ai n c si jai cest",
        ),
        (
            Foreign,
            "commande* livraison rendez rdv facture* colis bon heure heures ouvert* fermez fermeture magasin \
             prix jour lundi mardi mercredi jeudi vendredi samedi dimanche demain plante*",
        ),
        (Ask, "comment quand ou pourquoi qui quoi quel quelle quels quelles combien"),
        (If, "quand seulement"),
        (Subject, "je j nous vous tu il c"),
        (Is, "est suis etes sont"),
        (Past, "ai avez recu recois avons avait"),
        (Got, "recu recois"),
        (Me, "je j moi mon"),
        (But, "mais car parce sinon"),
        (
            Sensitive,
            "avocat* cnil plainte plaintes rgpd donnees harcelement illegal arnaque pub publicite* spam \
             signalement police tribunal consentement",
        ),
        (Reaction, "aime adore a reagi avec au pas ri insiste deteste marque j un une le supprime mention de"),
        (Halt, "annuler supprimer supprimez effacez retirer enlevez enlever cessez annulez cesser"),
        (Naught, "rien"),
        (Reproach, "pourquoi quand"),
        (Insult, "connard* connasse* salop* encul* abruti* cretins imbeciles fdp bouffons tabarnak* calisse crisse"),
        (
            Annoy,
            "derang* harcel* saoul* agac* penible* insupportabl* inutile* merde chiant* emmerd* spam* importun* relou \
             gonfl* envahiss*",
        ),
        (Quiet, "paix tranquille tranquilles"),
        (Often, "trop constamment incessants incessant"),
        (Drop, "enlev* retir* supprim* effac* rayez rayer otez sortez bloqu* oubliez virez lachez desactiv* arretez"),
        (Value, "interesse interessent interet besoin utile utilite"),
        (You, "vous vos votre tu toi"),
        (Me, "me m"),
        (Stop, "desabonn* desinscri* desincri* resili* stoppez"),
        (Praise, "super parfait genial adore"),
        (Only, "seulement uniquement"),
        (Told, "demande dit ecrit"),
        (Title, "mme mlle monsieur madame"),
        (Miss, "dommage marche marchent fonctionne*"),
        (Resume, "reinscri* reabonn* reactiv*"),
        (Family, "frere soeur mere pere fille fils mari femme ex"),
        (Know, "connais"),
        (Off, "sortir quitter"),
    ],
    phrases: &[
        (
            Stop,
            "laissez moi en|la|tranquille, foutez moi la paix, ne veux plus, veux plus, plus de sms|message|messages|texto|textos|pub, \
             ne plus .. recevoir|contacter|envoyer|ecrire, n envoyez plus, ne m envoyez plus, enlevez moi, retirez \
             moi, rayez moi, desinscrivez moi, desabonnez moi, ne .. contactez|envoyez|ecrivez plus|pas, retire mon \
             consentement, stop pub, ca suffit, me desabonner, me desinscrire, ne m envoyez|ecrivez|contactez \
             plus|pas, fichez .. la paix, foutez .. paix, laissez .. tranquille, plus rien, ne plus .. \
             recevoir|envoyer, effacez mon numero, merci d arreter|arreter, de ne plus, des \
             abonner|inscrire|abonnement|inscription",
        ),
        (Foreign, "n arretez pas, ne pas arreter"),
        (NotMe, "ne suis pas, suis pas, n est pas le numero de"),
        (
            Gone,
            "trompez .. de numero, trompe .. de numero, trompe|trompez|trompes .. numero, mauvais \
             numero|destinataire, faux numero, erreur de numero|destinataire, pas mon numero, pas le bon numero, pas \
             le bon .. numero, plus mon|son .. numero, pas la bonne personne, numero errone, connais pas cette \
             personne, changer de proprietaire, faites erreur, vous trompez, plus .. bon numero",
        ),
        (Foreign, "numero du|de la|sur, sans probleme, pas de probleme, arret maladie|de"),
        (Yes, "j accepte, je suis d accord, je confirme"),
        (
            No,
            "non merci, pas interesse|interessee, pas d interet, ca ne m interesse, n est pas moi, surtout pas, \
             sans facon, ne veux pas, veux pas",
        ),
        (
            Disown,
            "n ai rien|jamais|pas .. demande|souscrit|commande|inscrit, ai rien demande, ne me suis .. inscrit, \
             jamais .. inscrit|abonne",
        ),
        (Who, "qui est ce, qui etes vous, c est qui, vous etes qui, qui es tu, de qui"),
        (
            Access,
            "quelles donnees, d ou .. numero, comment .. mon numero, article 15, acces a mes donnees, quelles \
             donnees|infos|informations",
        ),
        (Erase, "droit a l oubli"),
        (Object, "m oppose, je m oppose, oppose a"),
        (Close, "bien cordialement, bonne journee, meilleures salutations, salutations distinguees"),
        (
            Request,
            "pouvez vous, pourriez vous, peux tu, est ce que vous pouvez, veuillez, vous pouvez, vous pourriez, tu \
             peux, serait il possible, est il possible, serait possible",
        ),
        (Ask, "est ce que, puis je, dois je, a quelle"),
        (Resume, "reinscrire, me reabonner, inscrivez moi"),
        (Auto, "reponse automatique, absent du bureau, je conduis, en conge, en train de conduire, suis en reunion"),
        (Robot, "repondez par, pour arreter, pour stopper, pour confirmer, stop pour, envoyez stop au"),
        (Footer, "envoye de|depuis, envoye a partir"),
        (Keep, "garder les, garder mes, continuer"),
        (Retract, "erreur desole, par erreur, trompe de conversation"),
        (Kind, "de rien, pas de probleme, sans probleme, bonne journee, a bientot"),
        (
            Fed,
            "marre de, en ai marre, ras le, en ai assez, en ai plein, plein le dos, me saoule|soule|gonfle, fatigue \
             de, lachez moi|nous, lache moi, plus besoin, pas besoin, degagez, sortez moi, otez moi, c est bon la, c \
             en est trop, trop c est trop, la paix, plus interesse|interessee|interesses, aucun interet, n ai \
             aucun|pas .. interet, ne m interesse*|interessent|interessez, cela suffit, oubliez moi, laissez tomber, \
             sans moi, n en veux|peux plus|pas, arretez ca|de|vos|tout, plus envie, pas envie, plus rien a, on se \
             calme, calmez vous, jen peux|veux|ai plus|marre|assez, j en peux plus, retour a l, laisse|laissez .. tranquille, lachez|lache l, lachez|lache affaire, non aux|a",
        ),
        (Often, "tous les jours, sans cesse, a longueur, chaque jour"),
        (Insult, "va te faire, allez vous faire, faire foutre, ta gueule, vos gueules, va chier, allez chier"),
        (Other, "quelqu un d autre, autre personne"),
        (Oppose, "n autorise|accepte|consens .. pas, je refuse"),
    ],
};
