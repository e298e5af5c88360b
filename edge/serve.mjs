// Runs a built edge in workerd for the program that started it, see `demo/src/serve.rs`.
// Takes one line of JSON from stdin, answers with one line of JSON on stdout, and ends when stdin does: however the
// parent dies, nothing stays behind.
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fetch, Log, LogLevel, Miniflare, Response } from "miniflare";

const lines = createInterface({ input: process.stdin });
// From the first moment on: the parent may die while this still starts.
const ended = new Promise((resolve) => lines.on("close", resolve));
const { value } = await lines[Symbol.asyncIterator]().next();
const { dir, port, stateDir, logFile, vars, sibling, simulator, internet } = JSON.parse(value);

const log = createWriteStream(logFile, { flags: "a" });
class FileLog extends Log {
  log(message) {
    log.write(`${message}\n`);
  }
}

// The simulated phone is no part of `wrangler.toml`, so no deploy can have it.
const worker = JSON.parse(await readFile(`${dir}/miniflare.json`, "utf8"));
if (simulator) worker.durableObjects.PHONE = { className: "Phone", useSQLite: true };

// Only this machine is outside, a gateway or a webhook under test, unless somebody wants to send real SMS.
function outboundService({ url, method, headers, body }) {
  const { hostname } = new URL(url);
  if (internet || ["127.0.0.1", "localhost", "[::1]"].includes(hostname)) {
    return fetch(url, { method, headers, body, duplex: "half", redirect: "manual" });
  }
  return new Response(`${hostname} is out of reach for an edge on this machine`, { status: 502 });
}

// The keys fix the folders in which objects are kept.
for (const object of Object.values(worker.durableObjects)) object.unsafeUniqueKey = `-${object.className}`;
const main = {
  ...worker,
  name: "jawort",
  bindings: { ...worker.bindings, ...vars },
  rootPath: dir,
  modules: true,
  scriptPath: "index.js",
  modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
  outboundService,
};
const workers = [main];
if (sibling) {
  const elsewhere = Object.entries(worker.durableObjects).map(([name, object]) => [name, { ...object, scriptName: "jawort" }]);
  workers.push({
    ...main,
    name: "sibling",
    bindings: { ...worker.bindings, ...sibling },
    durableObjects: Object.fromEntries(elsewhere),
    routes: ["http://sibling.test/*"],
  });
}

const miniflare = new Miniflare({
  workers,
  host: "127.0.0.1",
  port,
  cf: false,
  defaultPersistRoot: stateDir,
  kvPersist: true,
  durableObjectsPersist: true,
  log: new FileLog(LogLevel.WARN),
  handleRuntimeStdio(stdout, stderr) {
    stdout.pipe(log, { end: false });
    stderr.pipe(log, { end: false });
  },
});

ended.then(async () => {
  await miniflare.dispose();
  process.exit(0);
});
try {
  const { origin } = await miniflare.ready;
  console.log(JSON.stringify({ url: origin }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error) }));
  process.exit(1);
}
