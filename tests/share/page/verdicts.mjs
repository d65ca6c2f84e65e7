// Verifies many files with the scripts of the page: one JSON array of paths in on stdin,
// one JSON line out for each. Pictures in XML need a browser and are left out.
import { readFileSync } from "node:fs";

const [, , scripts, tables, at] = process.argv;
const module = (name) => import(new URL(name, `file://${scripts}/`));
const { loadContexts } = await module("contexts.js");
const { textsIn } = await module("carriers.js");
const { readText } = await module("reading.js");
const { verify, gravest } = await module("verify.js");
const { Failure } = await module("failure.js");

const contexts = await loadContexts(readFileSync(tables, "utf8"));
const paths = JSON.parse(readFileSync(0, "utf8"));

async function judged(path) {
  const verdicts = [];
  const notes = [];
  try {
    for (const text of await textsIn(new Uint8Array(readFileSync(path)))) {
      if (text instanceof Failure) throw text;
      const report = await verify(await readText(text), { contexts, at: Number(at) });
      verdicts.push(report.verdict);
      notes.push(report.checks.map((check) => [check.id, check.outcome, check.note]));
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    verdicts.push(error.kind === "invalid" ? "malformed" : "undetermined");
    notes.push(error.message);
  }
  return { verdict: gravest(verdicts), notes };
}

for (const path of paths) {
  let found;
  try {
    found = await judged(path);
  } catch (error) {
    found = { verdict: "defect", notes: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify({ path, ...found })}\n`);
}
