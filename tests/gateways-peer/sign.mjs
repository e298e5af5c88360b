// Signs webhooks with the providers' own code where there is any, else with Node's, and has their own checks pass it.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { WebhookVerifier } from '@seven.io/client';
import { verifySignature } from '@vonage/jwt';
import jsonwebtoken from 'jsonwebtoken';
import twilio from 'twilio';

export const SECRET = 'a secret of 32 bytes, as it should';
export const now = Math.floor(Date.now() / 1000);

const hex = (algorithm, data) => createHash(algorithm).update(data).digest('hex');
const hmac = (data) => createHmac('sha256', SECRET).update(data).digest('hex');
const must = (valid, what) => {
    if (!valid) throw new Error(`${what} refuses what was signed`);
};

const headers = {
    twilio(url, body) {
        const form = Object.fromEntries(new URLSearchParams(body));
        const signature = twilio.getExpectedTwilioSignature(SECRET, url, form);
        must(twilio.validateRequest(SECRET, signature, url, form), 'twilio');
        return { 'x-twilio-signature': signature };
    },
    async seven(url, body) {
        const nonce = randomBytes(16).toString('hex');
        const lines = [now, nonce, 'POST', url, hex('md5', body)].join('\n');
        const headers = { 'x-timestamp': String(now), 'x-nonce': nonce, 'x-signature': hmac(lines) };
        const verifier = new WebhookVerifier({ signingSecret: SECRET });
        must((await verifier.verify({ headers, body, url, method: 'POST' })).valid, 'seven');
        return headers;
    },
    vonage(url, body) {
        const claims = { iss: 'Vonage', jti: randomBytes(8).toString('hex'), iat: now, payload_hash: hex('sha256', body) };
        const token = jsonwebtoken.sign({ ...claims, api_key: SECRET }, SECRET, { algorithm: 'HS256' });
        must(verifySignature(token, SECRET), 'vonage');
        return { authorization: `Bearer ${token}` };
    },
    gatewayapi: (url, body) => ({ signature: `v1=${hmac(body)}` }),
};

// Prints a signed webhook and what is to be read from it. `content`: an object; a form at Twilio, else JSON.
export async function print(provider, path, content, expected) {
    const url = `https://jawort.example.de/gateway/${provider}/${path}`;
    const body = provider === 'twilio' ? new URLSearchParams(content).toString() : JSON.stringify(content);
    const signed = { provider, now, url, secret: SECRET, headers: await headers[provider](url, body), body };
    console.log(JSON.stringify({ ...signed, ...expected }));
}
