/**
 * From text to the credential or presentation that it is: JSON, JWT or SD-JWT. Reading
 * takes apart and never judges.
 */
import { Failure, invalid, undetermined } from "./failure.js";
import { claimsOf, takeApart } from "./jws.js";
import { isNative, statedIn } from "./jwt.js";
import { kindOf } from "./kind.js";
import { get, has, isObject, many, texts } from "./members.js";
import { parse } from "./strict_json.js";
import { readSdJwt } from "./sd_jwt.js";

const MOST_PARTS = [100, 10];

/**
 * Reads a credential or presentation.
 * @param {string} text As it was received; white space around it is allowed.
 * @returns {Promise<object>} kind, format, document, jws, sdJwt, problem, parts.
 */
export async function readText(text) {
  const trimmed = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
  if (!trimmed) throw invalid("there is nothing in it");
  if (/^[{[]/.test(trimmed)) {
    const value = parse(trimmed);
    if (isObject(value)) return readObject(value, 0);
    return withParts(unsigned(value), 0);
  }
  return readToken(trimmed, 0);
}

async function readToken(text, depth) {
  if (!/^(ey|ew|e3)/.test(text) || !/[.~]/.test(text)) {
    throw invalid("not a credential: neither JSON nor a token", {
      next: "give a badge as JSON, JWT, SD-JWT, baked PNG or SVG, or our PDF",
    });
  }
  if (text.includes("~")) return withParts(await readSdJwt(text), depth);
  const jws = takeApart(text);
  const claims = claimsOf(jws);
  let stated;
  try {
    stated = statedIn(claims, isNative(jws));
  } catch (error) {
    if (kindOf(claims) === "older") throw older();
    throw error;
  }
  return withParts(
    { format: "vc-jwt", jws, payload: claims, sdJwt: null, ...stated },
    depth,
  );
}

async function readObject(value, depth) {
  if (has(value, "payload") && (has(value, "signatures") || has(value, "signature"))) {
    throw undetermined("a seal in JSON (JAdES), which this page does not check", {
      type: "unsupported",
      next: "check it with a full verifier",
    });
  }
  const kind = kindOf(value);
  if (kind === "envelope") return readAddress(get(value, "id"), depth);
  if (kind === "older") throw older();
  if (kind === "other") {
    throw invalid(
      "the JSON is no credential: it has no credentials context, no type of a credential and no credentialSubject",
    );
  }
  const held = {
    kind,
    format: "json-ld",
    document: value,
    jws: null,
    sdJwt: null,
    problem: "",
  };
  return withParts(held, depth);
}

/** Opens the `data:` address of an enveloped credential (VC 2.0 section 4.13.1). */
async function readAddress(address, depth) {
  const [, media, content] =
    /^data:([^,]*),(.*)$/s.exec(typeof address === "string" ? address : "") ?? [];
  if (media === undefined)
    throw invalid("an enveloped credential without a data: address as its id");
  const [type, ...parameters] = media.toLowerCase().split(";");
  if (!type.endsWith("jwt") || parameters.includes("base64")) {
    throw undetermined(`an enveloped ${media.slice(0, 60)}, not supported`, {
      type: "unsupported",
    });
  }
  if (type.endsWith("sd-jwt") !== content.includes("~"))
    throw invalid("an enveloped credential of another kind than its media type says");
  return readToken(content, depth);
}

const unsigned = (entries) => ({
  kind: "presentation",
  format: "json-ld",
  document: { verifiableCredential: entries },
  jws: null,
  sdJwt: null,
  problem: "",
  plainList: true,
});

/** Reads what a presentation or a learner record holds; the unreadable as failures. */
async function withParts(held, depth) {
  const found = placesOf(held);
  if (found.length && depth >= MOST_PARTS.length) {
    throw undetermined("presentations or records nested too deeply for this page");
  }
  if (found.length > MOST_PARTS[depth]) {
    throw undetermined(
      `it holds more than the ${MOST_PARTS[depth]} credentials that this page looks at`,
    );
  }
  const parts = [];
  for (const [pointer, value] of found) {
    parts.push({ pointer, held: await readPart(value, depth + 1) });
  }
  return { ...held, parts };
}

async function readPart(value, depth) {
  try {
    if (isObject(value)) return await readObject(value, depth);
    if (typeof value !== "string")
      throw invalid("a part that is neither an object nor a token");
    return await (value.startsWith("data:") ? readAddress : readToken)(value, depth);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function placesOf(held) {
  if (held.sdJwt?.statesClaims) return [];
  const name = "verifiableCredential";
  const entries = (holder, at) =>
    many(get(holder, name)).map((value, index) => [`${at}/${name}/${index}`, value]);
  if (held.kind === "presentation") return entries(held.document, "");
  if (!texts(get(held.document, "type")).includes("ClrCredential")) return [];
  return many(get(held.document, "credentialSubject")).flatMap((subject, index) =>
    entries(subject, `/credentialSubject/${index}`),
  );
}

const older = () =>
  undetermined(
    "a badge of an older kind (Open Badges 2.0 or before, Blockcerts), which this page does not check",
    {
      type: "unsupported",
      next: "check it with a full verifier",
    },
  );
