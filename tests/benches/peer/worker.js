// A Worker of the edge's shape, as somebody would write it in an afternoon with Hono: validates the number, takes an
// HMAC, puts to KV. No limits, no serialiser, no evidence, no second look before sending.
import { Hono } from "hono";
import { parsePhoneNumberFromString } from "libphonenumber-js/mobile";

const app = new Hono();
let key;

async function subject(env, number) {
  const encoder = new TextEncoder();
  key ??= await crypto.subtle.importKey("raw", encoder.encode(env.SECRET), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const mac = await crypto.subtle.sign("HMAC", key, encoder.encode(number));
  return [...new Uint8Array(mac).slice(0, 9)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

app.post("/v1/consents", async (c) => {
  const body = await c.req.json();
  const number = parsePhoneNumberFromString(body.number, body.country);
  if (!number?.isValid() || !body.purposes?.length || !body.age_confirmed) return c.json({ errors: ["number"] }, 422);
  const token = crypto.randomUUID();
  await c.env.CONSENT.put(
    `pending/${token}`,
    JSON.stringify({ subject: await subject(c.env, number.number), purposes: body.purposes, at: Date.now() }),
  );
  return c.json({ status: "accepted", token }, 202);
});

app.post("/c/:token", async (c) => {
  const pending = await c.env.CONSENT.get(`pending/${c.req.param("token")}`, "json");
  if (!pending) return c.html("<h1>Unknown</h1>", 404);
  await c.env.CONSENT.put(`consent/${pending.purposes[0]}/${pending.subject}`, JSON.stringify({ at: Date.now() }));
  return c.html("<!DOCTYPE html><title>Thank you</title><h1>Thank you</h1>");
});

export default app;
