/**
 * Compact JWS: taken apart strictly, and verified with a key that was found.
 *
 * RFC 7515, VC-JOSE-COSE, Open Badges 3.0 section 8.2. The algorithm follows from the
 * key, never from the header: the header must merely agree.
 */
import { Failure, invalid, undetermined } from "./failure.js";
import { fromBase64url, utf8 } from "./bytes.js";
import { get, has, isObject, shown } from "./members.js";
import { verify } from "./public_key.js";
import { parse } from "./strict_json.js";

const ALGORITHMS = {
  Ed25519: { EdDSA: "sha256", Ed25519: "sha256" },
  "P-256": { ES256: "sha256" },
  "P-384": { ES384: "sha384" },
  "P-521": { ES512: "sha512" },
  RSA: {
    RS256: "sha256",
    RS384: "sha384",
    RS512: "sha512",
    PS256: "pss-sha256",
    PS384: "pss-sha384",
    PS512: "pss-sha512",
  },
};
// Signatures of public keys that a browser does not check.
const LATER = ["Ed448", "ES256K"];

/**
 * Takes a token apart.
 * @param {string} text `header.payload.signature`.
 * @returns {{header: object, payload: Uint8Array, signed: Uint8Array, signature: Uint8Array}}
 */
export function takeApart(text) {
  const parts = text.split(".");
  if (parts.length === 5) {
    throw undetermined("an encrypted token (JWE), which is not supported", {
      next: "ask the issuer for the badge in plain form",
    });
  }
  if (parts.length !== 3)
    throw invalid(`${parts.length} parts between dots instead of three`);
  const [header, payload, signature] = parts.map((part) => fromBase64url(part));
  const members = parse(header);
  if (!isObject(members)) throw invalid("the header is no JSON object");
  const signed = utf8(text.slice(0, -parts[2].length - 1));
  return { header: members, payload, signed, signature };
}

/** Reads the claims of a token. */
export function claimsOf(jws) {
  const claims = parse(jws.payload);
  if (!isObject(claims)) throw invalid("the payload is no JSON object");
  return claims;
}

/** @returns {string} The media type that `typ` names, in lower case. */
export const typeOf = (jws) => {
  const typ = get(jws.header, "typ");
  return typeof typ === "string" ? typ.toLowerCase().replace(/^application\//, "") : "";
};

/**
 * Checks what the header of a token demands (RFC 7515 section 4.1).
 * @param {object} jws
 * @param {string[]} types Of tokens that may stand there; `""` for none.
 */
export function checkHeader(jws, types) {
  const { header } = jws;
  const algorithm = get(header, "alg");
  if (LATER.includes(algorithm)) {
    throw undetermined(`the algorithm ${algorithm} is not supported by this page`, {
      type: "unsupported-proof",
    });
  }
  if (
    !Object.values(ALGORITHMS).some((names) => Object.hasOwn(names, String(algorithm)))
  ) {
    throw invalid(`the algorithm ${shown(algorithm)} cannot secure a credential`, {
      type: "algorithm",
      next: "ask the issuer for a token that is signed",
    });
  }
  if (has(header, "crit") || (has(header, "b64") && header.b64 !== true)) {
    throw invalid("the token demands an extension that is not known (crit or b64)", {
      type: "header",
      next: "ask the issuer for a plain token",
    });
  }
  const typ = has(header, "typ") ? header.typ : "";
  if (typeof typ !== "string" || !types.includes(typeOf(jws))) {
    throw invalid(`a token of the type ${shown(typ)} is no such credential`, {
      type: "header",
      next: "check that it is the right file",
    });
  }
}

/** Verifies a token whose header was checked, with a method that was found. */
export async function fit(jws, method) {
  const key = method.publicKey;
  const algorithm = get(jws.header, "alg");
  const fixed = key.algorithm && key.algorithm !== algorithm;
  const hashName = fixed
    ? null
    : Object.hasOwn(ALGORITHMS[key.kind], algorithm) && ALGORITHMS[key.kind][algorithm];
  if (!hashName) {
    throw invalid(
      `the algorithm ${algorithm} does not go with the issuer's ${key.kind} key`,
      {
        type: "algorithm",
      },
    );
  }
  try {
    await verify(key, jws.signature, jws.signed, hashName);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "invalid") throw error;
    throw invalid(`the ${algorithm} signature does not fit this token`, {
      type: "signature",
      next: "the badge was changed after signing: ask for a fresh copy",
    });
  }
}
