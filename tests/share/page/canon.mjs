// Answers questions about the script of the page: JSON lines in, JSON lines out.
// Started by `scripts.py` in a copy of the folder of the script.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const load = (name) => import(pathToFileURL(resolve(name)));
const { loadContexts } = await load("contexts.js");
const { canonical } = await load("jsonld.js");
const { canonicalLabels, canonicalNQuads } = await load("rdfc.js");
const { canonicalize } = await load("jcs.js");
const { parse } = await load("strict_json.js");
const { sha256Hex, sha384Hex } = await load("digest.js");
const { Failure } = await load("failure.js");
const bytes = await load("bytes.js");

let contexts;

// A value as the parser gives it, in a form that JSON can carry.
const shown = (value) => {
  if (typeof value === "bigint") return { integer: String(value) };
  if (typeof value === "number") return { number: Object.is(value, -0) ? "-0" : String(value) };
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(shown);
  return { members: Object.entries(value).map(([name, each]) => [name, shown(each)]) };
};

const read = (question) =>
  parse("bytes" in question ? bytes.fromBase64(question.bytes) : question.text);

const ANSWERS = {
  load: async ({ packed }) => {
    contexts = await loadContexts(packed);
    return contexts.tables.size;
  },
  canonical: async (question) => canonical(read(question), contexts, question.hash),
  rdfc: ({ ground, blank, hash }) => canonicalNQuads({ ground, blank }, hash),
  labels: ({ blank, hash }) => Object.fromEntries(canonicalLabels(blank, hash)),
  parse: (question) => shown(read(question)),
  jcs: (question) => canonicalize(read(question)),
  digest: ({ text }) => [sha256Hex(text), sha384Hex(text)],
  bytes: async ({ data }) => {
    const raw = bytes.fromBase64(data);
    return {
      hex: bytes.hex(raw),
      base64url: bytes.base64url(raw),
      base58btc: bytes.base58btc(raw),
      sha256: bytes.hex(await bytes.sha256(raw)),
      sha384: bytes.hex(await bytes.sha384(raw)),
    };
  },
  decode: ({ form, text }) =>
    bytes.hex({ base64url: bytes.fromBase64url, base58btc: bytes.fromBase58btc }[form](text)),
};

async function answerTo(question) {
  try {
    return { answer: await ANSWERS[question.ask](question) };
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    const { kind, type, message, instance, next } = failure;
    return { failure: { kind, type, message, instance, next } };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(`${JSON.stringify(await answerTo(JSON.parse(line)))}\n`);
}
