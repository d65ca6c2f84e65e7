/**
 * What does an SD-JWT say once its disclosures stand in their places?
 *
 * RFC 9901 sections 4.2 and 7.1. Every digest may stand once in all of it, and every
 * disclosure must be used; else the whole is refused: somebody added or moved a value.
 */
import { invalid, undetermined } from "./failure.js";
import { base64url, fromBase64url, utf8 } from "./bytes.js";
import { get, has, isObject, shown, without, withMember } from "./members.js";
import { parse } from "./strict_json.js";
import { digest } from "./web_crypto.js";

const HASHES = { "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512" };
const MOST = 10000;
const DEEPEST = 64;
// SD-JWT VC section 3.2.2.2: what decides whether it is valid is not disclosed by choice.
const NEVER = ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"];

/** Decodes disclosures: each has its own text, perhaps a name, and a value. */
export function readDisclosures(parts) {
  if (parts.length > MOST) throw undetermined(`more than ${MOST} disclosures`);
  return parts.map((encoded, index) => {
    const entry = parse(fromBase64url(encoded));
    if (!Array.isArray(entry) || (entry.length !== 2 && entry.length !== 3)) {
      throw invalid(`disclosure ${index + 1} is no array of two or three`);
    }
    const head = entry.slice(0, -1);
    if (!head.every((item) => typeof item === "string")) {
      throw invalid(`disclosure ${index + 1} has a salt or a name that is no text`);
    }
    return { encoded, name: head[1], value: entry[entry.length - 1] };
  });
}

/** @returns {string} The hash with which the digests of a payload are made. */
export function hashOf(payload) {
  const name = has(payload, "_sd_alg") ? payload._sd_alg : "sha-256";
  if (typeof name === "string" && Object.hasOwn(HASHES, name)) return HASHES[name];
  throw invalid(`its digests are made with ${shown(name)}, which is not safe`);
}

/** @returns {Promise<string>} The digest of a text as `_sd` and `sd_hash` write it. */
export const digestOf = async (text, hashName) =>
  base64url(await digest(hashName, utf8(text)));

/**
 * Puts disclosures in their places (section 7.1 step 3).
 * @returns {Promise<{claims: object, withheld: number}>}
 */
export async function disclose(payload, disclosures) {
  const hashName = hashOf(payload);
  for (const name of NEVER) {
    if (has(payload, name) && hides(payload[name])) throw notByChoice(name);
  }
  const unused = new Map();
  for (const entry of disclosures) {
    const key = await digestOf(entry.encoded, hashName);
    if (unused.has(key)) throw invalid("a disclosure stands there twice");
    unused.set(key, entry);
  }
  const opening = new Opening(unused);
  const claims = opening.members(without(payload, "_sd_alg"), 1);
  for (const { name } of unused.values()) {
    const what = name === undefined ? "an element" : shown(name);
    throw invalid(`a disclosure (${what}) is not among what the issuer signed`);
  }
  return { claims, withheld: opening.withheld };
}

class Opening {
  constructor(unused) {
    this.unused = unused;
    this.found = new Set();
    this.withheld = 0;
  }

  members(value, depth) {
    if (has(value, "..."))
      throw invalid("the name ... stands where no element of an array is");
    const digests = has(value, "_sd") ? value._sd : [];
    if (!Array.isArray(digests)) throw invalid("a member _sd is no array of digests");
    let opened = without(value, "_sd");
    for (const name of Object.keys(opened))
      opened[name] = this.any(opened[name], depth + 1);
    for (const entry of digests) {
      const disclosure = this.take(entry);
      if (!disclosure) continue;
      this.checkName(disclosure.name, opened, depth);
      opened = withMember(
        opened,
        disclosure.name,
        this.any(disclosure.value, depth + 1),
      );
    }
    return opened;
  }

  any(value, depth) {
    if (depth > DEEPEST) throw invalid(`it is nested deeper than ${DEEPEST}`);
    if (isObject(value)) return this.members(value, depth);
    return Array.isArray(value) ? this.elements(value, depth) : value;
  }

  elements(value, depth) {
    const opened = [];
    for (const element of value) {
      if (!has(element, "...")) {
        opened.push(this.any(element, depth + 1));
        continue;
      }
      if (Object.keys(element).length !== 1) {
        throw invalid("a digest of an element has other members beside it");
      }
      const disclosure = this.take(element["..."]);
      if (!disclosure) continue;
      if (disclosure.name !== undefined) {
        throw invalid("a member is disclosed as an element of an array");
      }
      opened.push(this.any(disclosure.value, depth + 1));
    }
    return opened;
  }

  take(key) {
    if (typeof key !== "string") throw invalid("a digest is no text");
    if (this.found.has(key)) throw invalid("a digest stands there twice");
    this.found.add(key);
    const disclosure = this.unused.get(key);
    this.unused.delete(key);
    if (!disclosure) this.withheld += 1;
    return disclosure;
  }

  checkName(name, opened, depth) {
    if (name === undefined)
      throw invalid("an element of an array is disclosed as a member");
    if (name === "_sd" || name === "..." || (depth === 1 && name === "_sd_alg")) {
      throw invalid(`a disclosure has the reserved name ${name}`);
    }
    if (depth === 1 && NEVER.includes(name)) throw notByChoice(name);
    if (has(opened, name))
      throw invalid(`a disclosure would replace the member ${shown(name)}`);
  }
}

const notByChoice = (name) =>
  invalid(`the claim ${name} must not be disclosed selectively`);

function hides(value) {
  if (Array.isArray(value)) return value.some(hides);
  if (!isObject(value)) return false;
  return Object.keys(value).some(
    (name) => name === "_sd" || name === "..." || hides(get(value, name)),
  );
}
