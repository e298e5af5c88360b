//! Spanish.

use super::Language;
use crate::reply::class::Class::*;

pub(super) const LANGUAGE: Language = Language {
    words: &[
        (
            Stop,
            "desuscribir desuscribirme desuscribeme desuscripcion parar paren pare dejen dejad borrenme borrame \
             quitenme quitame eliminenme eliminame sacadme saquenme revoco",
        ),
        (Call, "baja desuscribir"),
        (Weak, "baja cancelar cancela basta borrar eliminar alto cancelen suficiente"),
        (Not, "no nunca jamas sin"),
        (Nothing, "ningun ninguna nada ni"),
        (More, "mas nunca jamas nuevos otros otra vez"),
        (Channel, "sms mensaje mensajes mensajitos recordatorio* notificaciones avisos correo correos"),
        (
            Send,
            "recibir recibo enviar envien envie envies enviarme enviandome mandar manden mandarme mandes escribir \
             escribirme escriban escribais escribas molestar molesten molestarme contactar contacten contactarme \
             mensajear escrib* contact* llames llamen llame llamar* llamarme mandar* manden mandad mandan envi \
             enviar* envien",
        ),
        (Want, "quiero quisiera deseo querria"),
        (Ads, "publicidad spam propaganda marketing publicitari*"),
        (Offer, "oferta ofertas promocion promociones newsletter* descuentos"),
        (All, "todo todos todas toda"),
        (List, "lista listas suscripcion servicio base"),
        (Consent, "consentimiento autorizacion permiso"),
        (Data, "datos personales informacion"),
        (Number, "numero movil telefono celular"),
        (Erase, "borrar borren eliminar eliminen supresion borrado cancelacion suprimir borr* elimin*"),
        (Object, "opongo oposicion"),
        (Wrong, "equivocado equivocada erroneo incorrecto"),
        (Yes, "si claro acepto confirmo vale"),
        (Ok, "vale"),
        (
            WithYes,
            "gracias por favor quiero acepto confirmo claro supuesto gustaria me de acuerdo estoy encantada \
             encantado recibir ofertas las",
        ),
        (No, "no"),
        (WithNo, "gracias me interesa no estoy interesado interesada quiero soy yo"),
        (Help, "ayuda"),
        (Polite, "gracias por favor muchas porfa porfavor hola"),
        (Kind, "gracias muchas perfecto genial buen buenos dia dias hasta luego pronto estupendo muy bien"),
        (Greet, "hola buenas buenos dias tardes estimados"),
        (Close, "saludos atentamente"),
        (
            Filler,
            "el la los las un una de del al a en con por para que me mi mis su sus se lo les os este esta estos estas \
             ya ahora y yo darme dar dame denme dadme quiero esta inmediatamente vuestra vuestro ser he esto eso",
        ),
        (
            Foreign,
            "pedido* entrega* cita citas factura* paquete* reserva* hora horas abren abierto* tienda manana \
             lunes martes miercoles jueves viernes sabado domingo planta* codigo* precio* cupon*",
        ),
        (Ask, "como cuando donde que quien cual cuanto"),
        (If, "cuando solo"),
        (Subject, "yo ustedes usted"),
        (Is, "es son soy"),
        (Past, "he han recibi recibo contactaron escribieron mandaron enviaron llamaron"),
        (Got, "recibido recibi recibo"),
        (Me, "yo mi"),
        (But, "pero porque sino"),
        (
            Sensitive,
            "abogado* agencia denuncia* denunciar datos spam publicidad queja rgpd policia acoso ilegal \
             consentimiento",
        ),
        (Reaction, "gusto le me gusta encanto a no reacciono con dio risa enfatizo quito un"),
        (Halt, "cancelar cancela cancelen borrar eliminar borren eliminen quitar quiten anular anulen"),
        (Naught, "nada"),
        (Insult, "cabron* gilipoll* imbecil* pendej* hijueputa"),
        (Annoy, "molest* pesad* cansin* acos* fastidi* insoportabl* inutil* basura mierda spam joder hart*"),
        (Quiet, "paz tranquil*"),
        (Often, "demasiad* constantemente"),
        (
            Drop,
            "quiten* quitad* quitar* borren* borrad* borrar* elimin* saquen* sacad* suprim* bloque* olviden* \
             olvidense anul* cancelen desactiv* borra borras borre",
        ),
        (Value, "interes* necesito sirve sirven"),
        (You, "ustedes usted vosotros vuestr* sus"),
        (Me, "me"),
        (Stop, "desuscri* dejenme sacame saqueme saquenme sacadme pares"),
        (Praise, "genial perfecto encanta estupendo"),
        (Off, "fuera salir"),
        (Only, "solo solamente"),
        (Told, "pedido dicho escrito"),
        (Title, "sr sra senor senora"),
        (Miss, "lastima funciona*"),
        (Family, "hermano hermana madre padre hija hijo marido mujer"),
        (Know, "conozco"),
    ],
    phrases: &[
        (
            Stop,
            "darme de baja, dar de baja, dame de baja, denme de baja, dadme de baja, darse de baja, doy de baja, de \
             baja por, de baja, no mas, no .. quiero .. mas, no me .. \
             escriban|escribas|envien|manden|molesten|contacten|envies|mandes|escribais, dejen|deja|dejad|dejame|dejenme de .. escribir*|enviar*|mandar*|molestar*|mensajear*, dejen|deja|dejad|dejenme|dejadme|dejame .. paz, no deseo \
             .. mas|recibir, quiten|quita .. lista, basta de, basta ya, retiro .. consentimiento, revoco .. \
             consentimiento, no quiero .. mas|recibir, borren mi numero, quiten mi, eliminen mi, ya no quiero, ya no \
             deseo, deje|dejen|deja .. de|en, no .. escriban|escribas|manden|mandes|envien|envies, no me interesa \
             mas, paren ya, cancelar .. suscripcion, para|paren|pare|parad de \
             escrib*|mand*|env*|contact*|llam*|molest*, no vuelv* a escrib*|mand*|env*|contact*|llam*",
        ),
        (Foreign, "no paren, no pares, no dejen de"),
        (NotMe, "no soy, no es el numero de"),
        (
            Gone,
            "numero equivocado|erroneo|incorrecto, persona equivocada, se ha equivocado|equivoco, se equivoca, \
             te has equivocado, equivocado de numero|persona, no es .. mi|su .. numero, ya no es .. numero, \
             no conozco, se equivoco",
        ),
        (
            Foreign,
            "numero del|de la, no hay problema, sin problema, ningun problema, \
             equivocado .. pedido|talla|color|direccion",
        ),
        (Yes, "estoy de acuerdo, si acepto"),
        (No, "no gracias, no me interesa, no estoy interesado|interesada, no quiero, no soy yo"),
        (
            Disown,
            "no he pedido|solicitado, no .. me he|suscrito, nunca .. suscribi|pedi|solicite|suscrito|pedido, \
             no pedi|solicite",
        ),
        (Who, "quien es, quien eres, quienes son, quien me escribe"),
        (Access, "que datos, de donde .. mi numero, como .. mi numero, articulo 15"),
        (Erase, "derecho al olvido"),
        (Object, "me opongo"),
        (Close, "un saludo, saludos cordiales"),
        (Request, "pueden, puede, puedes, podrian, podria, podeis"),
        (Ask, "puedo, debo, tengo que, a que hora"),
        (
            Resume,
            "volver a recibir, quiero volver, alta de nuevo, volver a recib*, otra vez .. alta, vuelvan a, reactiv*",
        ),
        (Auto, "respuesta automatica, fuera de la oficina, estoy conduciendo, de vacaciones hasta"),
        (Robot, "responda con, responde con, para cancelar, para confirmar, para darse de baja, stop para, baja para"),
        (Footer, "enviado desde|con"),
        (Retract, "por error, chat equivocado, me equivoque de chat"),
        (Kind, "de nada, no hay problema, sin problema, muchas gracias, hasta luego"),
        (
            Fed,
            "estoy hart*|cansad*, hasta las|los narices|cojones|huevos, ya esta bien, ya basta, ya vale, me tienen \
             hart*, hart* de, no necesito, no me hace falta, no me sirve*, no me interes*, dejen*|dejad*|dejame .. \
             tranquil*|paz, que me dejen, no aguanto, olvidense de, fuera de, no quiero saber, no \
             molesten|molestes|moleste, no me molesten|molestes|moleste, basta ya|con, tienes|tienen|teneis hart*, \
             te|les|os|los voy a bloquear|reportar|denunciar",
        ),
        (Often, "todos los dias, a diario, cada dia, tantos mensajes|sms"),
        (Other, "otra persona, alguien mas"),
        (Foreign, "no lo se, no se, no me llamo, estoy de baja, es baja, esta de baja"),
        (Oppose, "no autorizo|acepto|consiento"),
    ],
};
