/**
 * Does an embedded proof cover this document, and whose key made it?
 *
 * VC Data Integrity 1.0 sections 4.2 to 4.5, vc-di-eddsa, vc-di-ecdsa. A kind of proof
 * that is not in the table is never taken for good.
 */
import { Failure, invalid, undetermined } from "./failure.js";
import { concat, fromBase58btc, utf8 } from "./bytes.js";
import * as dates from "./dates.js";
import { canonicalize } from "./jcs.js";
import { canonical } from "./jsonld.js";
import { resolve } from "./keys.js";
import {
  get,
  has,
  isObject,
  listed,
  many,
  same,
  shown,
  textOf,
  withMember,
  without,
} from "./members.js";
import { verify } from "./public_key.js";
import { digest } from "./web_crypto.js";

const ED25519 = { Ed25519: "sha256" };
const ECDSA = { "P-256": "sha256", "P-384": "sha384" };
const SUITES = {
  "eddsa-rdfc-2022": { kinds: ED25519 },
  "eddsa-2022": { kinds: ED25519 },
  Ed25519Signature2020: { kinds: ED25519 },
  "ecdsa-rdfc-2019": { kinds: ECDSA },
  "eddsa-jcs-2022": { kinds: ED25519, jcs: true },
  "ecdsa-jcs-2019": { kinds: ECDSA, jcs: true },
};

/** @returns {string} A proof for people: its cryptosuite, or its type. */
const labelOf = (proof) =>
  textOf(proof, "cryptosuite") || textOf(proof, "type") || "a proof without a type";

/** @returns {Array<[string, object]>} The proofs of a document with their pointers. */
export function proofsOf(document) {
  const value = get(document, "proof");
  if (!Array.isArray(value)) return isObject(value) ? [["/proof", value]] : [];
  return value
    .map((entry, index) => [`/proof/${index}`, entry])
    .filter(([, entry]) => isObject(entry));
}

/** A document with embedded proofs; what they share is made once. */
export class Secured {
  /**
   * @param {object} document With its `proof`.
   * @param {object} contexts The known contexts.
   */
  constructor(document, contexts) {
    this.document = document;
    this.contexts = contexts;
    this.unsecured = without(document, "proof");
    this.kept = new Map();
  }

  /**
   * Verifies one of the proofs.
   * @param {string} pointer Of the proof.
   * @param {object} proof
   * @returns {Promise<{label: string, method: object, undefinedTerms: Array}>}
   */
  async verify(pointer, proof) {
    const suite = suiteOf(pointer, proof);
    checkMembers(pointer, proof);
    const signature = signatureOf(pointer, proof);
    const method = await resolve(proof.verificationMethod);
    const { kind } = method.publicKey;
    const hashName = suite.kinds[kind];
    if (!hashName) {
      throw invalid(`${labelOf(proof)} cannot be made with a ${kind} key`, {
        instance: `${pointer}/verificationMethod`,
      });
    }
    const over = suite.jcs ? "jcsData" : "rdfcData";
    const { data, undefinedTerms } = await this[over](pointer, proof, hashName);
    try {
      await verify(method.publicKey, signature, data, hashName);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "invalid") throw error;
      const names = [...new Set(undefinedTerms.map((item) => item.term))].sort();
      const reason = names.length
        ? `; no context defines ${names.slice(0, 3).join(", ")}`
        : "";
      throw invalid(
        `the ${labelOf(proof)} signature does not fit this document${reason}`,
        {
          instance: pointer,
          type: "signature",
          next: "the badge was changed after signing: ask for a fresh copy",
        },
      );
    }
    return { label: labelOf(proof), method, undefinedTerms };
  }

  /** Hashes proof options and document as statements (vc-di-eddsa section 3.2.4). */
  async rdfcData(pointer, proof, hashName) {
    const over = this.over(pointer, proof);
    const document = await this.canonicalOf(over, hashName);
    let options = without(proof, "proofValue");
    if (has(options, "@context")) checkContext(pointer, proof, this.document);
    if (has(this.document, "@context")) {
      options = withMember(options, "@context", this.document["@context"]);
    }
    const found = await canonical(options, this.contexts, hashName);
    const inProof = found.undefined.map((item) => ({
      ...item,
      pointer: pointer + item.pointer,
    }));
    return {
      data: concat(
        await digest(hashName, utf8(found.nquads)),
        await digest(hashName, utf8(document.nquads)),
      ),
      undefinedTerms: [...document.undefined, ...inProof],
    };
  }

  /** Hashes proof options and document as JSON text (vc-di-eddsa section 3.3.4). */
  async jcsData(pointer, proof, hashName) {
    let over = this.over(pointer, proof);
    let undefinedTerms = [];
    if (has(proof, "@context") && proof["@context"] !== null) {
      // What stands behind the proof's own entries was added after signing.
      const own = listed(proof["@context"]).length;
      undefinedTerms = checkContext(pointer, proof, over).map((entry, index) => ({
        pointer: `/@context/${own + index}`,
        term: String(entry).slice(0, 80),
        kind: "context",
      }));
      over = withMember(over, "@context", proof["@context"]);
    }
    const options = without(proof, "proofValue");
    return {
      data: concat(
        await digest(hashName, utf8(canonicalize(options))),
        await digest(hashName, utf8(canonicalize(over))),
      ),
      undefinedTerms,
    };
  }

  /** Finds the document that a proof was made over: chains keep their previous proofs. */
  over(pointer, proof) {
    if (!has(proof, "previousProof")) return this.unsecured;
    const others = proofsOf(this.document).map(([, other]) => other);
    const previous = many(proof.previousProof).map((name) => {
      const found = others.findLast((other) => textOf(other, "id") === name);
      if (found) return found;
      throw invalid(`the proof builds on ${shown(name)}, which is not there`, {
        instance: `${pointer}/previousProof`,
        next: "a proof was taken out of the badge: ask for a fresh copy",
      });
    });
    return withMember(
      this.unsecured,
      "proof",
      previous.length > 1 ? previous : previous[0],
    );
  }

  async canonicalOf(document, hashName) {
    if (document !== this.unsecured)
      return canonical(document, this.contexts, hashName);
    if (!this.kept.has(hashName)) {
      this.kept.set(hashName, await canonical(document, this.contexts, hashName));
    }
    return this.kept.get(hashName);
  }
}

function suiteOf(pointer, proof) {
  const type = textOf(proof, "type");
  const suite = textOf(proof, "cryptosuite");
  const name = type === "DataIntegrityProof" ? suite : type;
  const other = suite && type !== "DataIntegrityProof";
  if (other || !Object.hasOwn(SUITES, name)) {
    throw undetermined(
      `proofs of the kind ${shown(labelOf(proof))} are not supported by this page`,
      {
        type: "unsupported-proof",
        instance: pointer,
        next: "check it with a full verifier",
      },
    );
  }
  return SUITES[name];
}

function checkMembers(pointer, proof) {
  for (const name of ["verificationMethod", "proofPurpose"]) {
    if (typeof get(proof, name) !== "string") {
      throw invalid(`the proof has no ${name} that is a string`, {
        instance: `${pointer}/${name}`,
      });
    }
  }
  for (const name of ["created", "expires"]) {
    if (has(proof, name) && !dates.isStamp(textOf(proof, name))) {
      throw invalid(`the proof's ${name} is no date with a time zone`, {
        instance: `${pointer}/${name}`,
      });
    }
  }
  if (has(proof, "previousProof")) {
    const names = listed(proof.previousProof);
    if (!names.length || !names.every((name) => typeof name === "string")) {
      throw invalid(
        "the proof's previousProof is no name of a proof, and no list of them",
        {
          instance: `${pointer}/previousProof`,
        },
      );
    }
  }
}

function signatureOf(pointer, proof) {
  const value = textOf(proof, "proofValue");
  try {
    if (value.startsWith("z")) return fromBase58btc(value.slice(1));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  throw invalid("the proof's proofValue is no base58 text with the prefix z", {
    instance: `${pointer}/proofValue`,
    next: "the badge was changed after signing: ask for a fresh copy",
  });
}

/** Checks that the proof's own context opens the document's; gives what is behind. */
function checkContext(pointer, proof, document) {
  const wanted = listed(proof["@context"]);
  const given = listed(get(document, "@context"));
  if (
    !wanted.every((entry, index) => same(entry, given[index])) ||
    given.length < wanted.length
  ) {
    throw invalid("the proof's @context is not the beginning of the document's", {
      instance: `${pointer}/@context`,
      next: "it was changed after signing: ask for a fresh copy",
    });
  }
  return given.slice(wanted.length);
}
