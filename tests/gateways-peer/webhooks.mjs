// Writes SMS from handsets as the providers send them, with random texts: as many of each as the argument says.
import { randomBytes, randomInt } from 'node:crypto';
import { now, print } from './sign.mjs';

const ALPHABET = [...'abcXYZ019 .,:;!?&=+%/\\"\'<>{}#äöüßé€ЖÆ中🙂\n\t'];
const text = () => Array.from({ length: randomInt(1, 80) }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
const number = () => '49151' + randomInt(10_000_000, 99_999_999);
const id = () => randomBytes(16).toString('hex');
const sent_at = '2026-11-24T12:00:00Z';

const shapes = {
    twilio: (sms) => ({ ToCountry: 'DE', MessageSid: sms.id, NumMedia: '0', From: sms.from, To: sms.to, Body: sms.text }),
    seven: (sms) => ({
        data: { id: sms.id, sender: sms.from, system: sms.to, text: sms.text, time: String(now) },
        webhook_event: 'sms_mo',
        webhook_timestamp: '2026-11-24 12:00:00',
    }),
    vonage: (sms) => ({
        channel: 'sms', message_uuid: sms.id, to: sms.to, from: sms.from, text: sms.text, message_type: 'text',
    }),
    gatewayapi: (sms) => ({
        event_id: id(), timestamp: sent_at, event_type: 'user-message.text.sms',
        event: {
            msg_id: sms.id, sender: Number(sms.from), recipient: Number(sms.to), sent_at,
            content: { message: sms.text, encoding: 'UTF8', header: null },
        },
    }),
};

for (const [provider, shape] of Object.entries(shapes)) {
    for (let count = 0; count < Number(process.argv[2]); count++) {
        const sms = { id: id(), from: number(), to: number(), text: text() };
        await print(provider, 'inbound', shape(sms), { sms });
    }
}
