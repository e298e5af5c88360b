// Runs patterns as the widget does: one [pattern, text] in JSON a line, answered by [length, group] or null.
import { createInterface } from "node:readline";

const compiled = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const [pattern, text] = JSON.parse(line);
  if (!compiled.has(pattern)) compiled.set(pattern, new RegExp(`^(?:${pattern})`));
  const match = compiled.get(pattern).exec(text);
  process.stdout.write(JSON.stringify(match && [match[0].length, match[1] ?? null]) + "\n");
}
