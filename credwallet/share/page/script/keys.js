/**
 * Whose key is it, and what are its bytes? From a name to a public key, without asking
 * anybody: did:key, did:jwk, and keys that only the credential itself names.
 *
 * Controlled Identifiers 1.0 section 3.3, RFC 7517 and 8037 (JWK), RFC 7638
 * (thumbprints), VC-JOSE-COSE section 4.1. What stands at an address is not looked up.
 */
import { Failure, invalid, undetermined } from "./failure.js";
import { base64url, concat, fromBase58btc, fromBase64url, utf8 } from "./bytes.js";
import { get, has, isObject, shown } from "./members.js";
import { parse } from "./strict_json.js";
import { CURVES, fromEd25519, fromPoint, fromRsa } from "./public_key.js";
import { digest } from "./web_crypto.js";

/** What is said of keys that only the credential names. */
const IN_THE_BADGE = "in the badge itself";

const HEADERS = {
  "237,1": "Ed25519",
  "128,36": "P-256",
  "129,36": "P-384",
  "130,36": "P-521",
};
const LATER = {
  "231,1": "secp256k1",
  "236,1": "X25519",
  "235,1": "BLS12-381",
  "133,36": "RSA",
  "239,1": "Ed448",
};
const ALGORITHMS = {
  Ed25519: ["EdDSA", "Ed25519"],
  "P-256": ["ES256"],
  "P-384": ["ES384"],
  "P-521": ["ES512"],
  RSA: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
};
const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
const THUMBPRINT = {
  OKP: ["crv", "kty", "x"],
  EC: ["crv", "kty", "x", "y"],
  RSA: ["e", "kty", "n"],
};
const OKP_CURVES = ["Ed25519", "Ed448", "X25519", "X448"];
const URLS = /^(did:|https:\/\/|http:\/\/)/;
const SELF_CONTAINED = /^did:(key|jwk):/;
const DID =
  /^(did:([a-z0-9]+):((?:(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})*:)*(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+))([/?;][^#]*)?(?:#(.*))?$/;

/**
 * Finds the key that a verification method identifier names.
 * @param {*} name As in `proof.verificationMethod`.
 * @returns {Promise<object>} id, controller, publicKey, assertion (whether its document
 *     lists it for that), selfAsserted, source.
 */
export async function resolve(name) {
  const scheme = schemeOf(name);
  if (scheme === "did") {
    const listing = await readDid(name);
    const wanted = name.includes("#") && name.split("#")[1] ? name : "";
    if (wanted && listing.id !== wanted) {
      throw invalid(
        `${shown(listing.controller)} lists no verification method ${shown(name)}`,
      );
    }
    return methodOf(listing);
  }
  const fragment = name.split("#").slice(1).join("#");
  if (scheme === "urn" || (/^https?$/.test(scheme) && fragment.startsWith("z"))) {
    return fromFragment(name);
  }
  if (/^https?$/.test(scheme)) throw notLookedUp(name);
  throw invalid(`${shown(name)} has the unknown scheme ${scheme}`);
}

/**
 * Finds the key with which a JWS says it was signed.
 * @param {object} header The protected header.
 * @param {string} issuer Who issued, as the signed payload says, or `""`.
 */
export async function fromJose(header, issuer) {
  const kid = get(header, "kid");
  if (kid !== undefined && kid !== null && (typeof kid !== "string" || !kid)) {
    throw invalid(`the kid of the header is ${shown(kid)}, not a text`);
  }
  if (has(header, "jwk")) return fromHeaderKey(header.jwk, kid ?? "", issuer);
  if (!kid) {
    if (issuer.startsWith("did:")) return methodOf(await readDid(bare(issuer)));
    throw invalid("the header has neither jwk nor kid, so no key is named");
  }
  if (URLS.test(kid)) return resolve(kid);
  if (!issuer) {
    throw invalid(`the kid ${shown(kid)} names a key of no one: there is no issuer`);
  }
  const scheme = schemeOf(issuer);
  if (/^https?$/.test(scheme)) throw notLookedUp(issuer);
  if (scheme !== "did") throw invalid(`${shown(issuer)} has no document of keys`);
  const listing = await readDid(bare(issuer));
  const name = kid.replace(/^#/, "");
  const names = [listing.id, listing.id.split("#")[1], ...(await namesOf(listing.jwk))];
  if (!names.includes(name)) {
    throw invalid(`${shown(issuer)} lists no keys by the kid ${shown(name)}`);
  }
  return methodOf(listing);
}

/**
 * Reads a public JSON Web Key that is meant for signatures.
 * @param {*} jwk As parsed from JSON.
 */
export async function fromJwk(jwk) {
  if (!isObject(jwk)) throw invalid(`a JSON Web Key is an object, not ${shown(jwk)}`);
  if (get(jwk, "kty") === "oct") throw invalid("a symmetric key is not a public key");
  if (PRIVATE.some((name) => has(jwk, name))) {
    throw invalid("the JSON Web Key gives its private part away: anyone can sign");
  }
  const key = await readJwk(jwk);
  checkPurpose(jwk, key.kind);
  return key.kind === "RSA" ? { ...key, algorithm: get(jwk, "alg") || "" } : key;
}

/** Makes a method of a key that nothing but the credential itself vouches for. */
export async function selfAsserted(jwk, issuer) {
  return {
    id: `${issuer}#${await thumbprint(jwk)}`,
    controller: issuer,
    publicKey: await fromJwk(jwk),
    assertion: false,
    selfAsserted: true,
    source: IN_THE_BADGE,
  };
}

/** Says that what stands at an address was not asked for. */
export const notLookedUp = (address) =>
  undetermined(
    `the key of ${shown(address.split("#")[0])} was not looked up: this page makes no request`,
    { type: "offline", next: "check it with a program that may ask the issuer" },
  );

async function fromHeaderKey(jwk, kid, issuer) {
  const publicKey = await fromJwk(jwk);
  const named = URLS.test(kid) && !SELF_CONTAINED.test(issuer);
  const owner = named ? kid : issuer;
  if (URLS.test(owner)) {
    try {
      const listing = owner.startsWith("did:") ? await readDid(bare(owner)) : null;
      if (!listing) throw notLookedUp(owner);
      const found = await methodOf(listing);
      if (
        found.publicKey.kind !== publicKey.kind ||
        found.publicKey.same !== publicKey.same
      ) {
        throw invalid(`${shown(bare(owner))} does not list the key in the badge`);
      }
      if (URLS.test(kid) && kid.includes("#") && found.id !== kid) {
        throw invalid(`the jwk of the header is not the key ${shown(kid)}`);
      }
      return found;
    } catch (error) {
      const unsure = error instanceof Failure && error.kind === "undetermined";
      if (!unsure || SELF_CONTAINED.test(owner)) throw error;
    }
  }
  return selfAsserted(jwk, issuer);
}

async function fromFragment(name) {
  const [address] = name.split("#");
  let publicKey;
  try {
    publicKey = await fromMultikey(name.split("#").slice(1).join("#"));
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "invalid") throw error;
    throw undetermined(
      `${shown(address)} was not asked, and its fragment is no key: ${error.message}`,
      { type: "no-key-document", next: "check it with a program that may ask" },
    );
  }
  return {
    id: name,
    controller: address,
    publicKey,
    assertion: false,
    selfAsserted: true,
    source: IN_THE_BADGE,
  };
}

/** Reads the document of a DID that says everything itself: one method. */
async function readDid(name) {
  const found = DID.exec(name);
  if (!found) throw invalid(`${shown(name)} is not a DID`);
  const [, did, method, identifier, extra] = found;
  if (extra) {
    throw undetermined(`${shown(name)} has a path or a query, which is not supported`, {
      type: "unsupported-did-url",
    });
  }
  if (method === "key") {
    if (!identifier.startsWith("z") || identifier.includes(":")) {
      throw invalid(`${shown(did)} is not a did:key`);
    }
    return { id: `${did}#${identifier}`, controller: did, multikey: identifier };
  }
  if (method === "jwk")
    return { id: `${did}#0`, controller: did, jwk: jwkOf(did, identifier) };
  if (method === "web") throw notLookedUp(did);
  throw undetermined(`the DID method ${shown(method)} is not supported by this page`, {
    type: "unknown-did-method",
  });
}

function jwkOf(did, identifier) {
  let jwk;
  try {
    jwk = parse(fromBase64url(identifier));
  } catch (error) {
    throw invalid(`${shown(did)} is not a did:jwk: ${error.message}`);
  }
  if (!isObject(jwk)) throw invalid(`${shown(did)} is not a did:jwk: no JSON object`);
  return jwk;
}

async function methodOf(listing) {
  return {
    id: listing.id,
    controller: listing.controller,
    publicKey: listing.jwk
      ? await fromJwk(listing.jwk)
      : await fromMultikey(listing.multikey),
    assertion: true,
    selfAsserted: false,
    source: "in the DID itself",
  };
}

async function fromMultikey(text) {
  let data;
  if (text.startsWith("z")) data = fromBase58btc(text.slice(1));
  else if (text.startsWith("u")) data = fromBase64url(text.slice(1));
  else throw invalid("not a multibase text: it starts with neither z nor u");
  const header = data.slice(0, 2).join(",");
  const material = data.slice(2);
  const kind = HEADERS[header];
  if (kind === "Ed25519") return fromEd25519(material);
  if (kind) {
    if (material.length !== 1 + CURVES[kind].size) {
      throw invalid(`the ${kind} key is not a compressed point`);
    }
    return fromPoint(kind, material);
  }
  if (LATER[header]) throw notSupported(LATER[header]);
  throw invalid(`${shown(text)} states no kind of key that is known`);
}

async function readJwk(jwk) {
  const kty = ascii(jwk, "kty");
  if (kty === "RSA") return fromRsa(numberIn(jwk, "n"), numberIn(jwk, "e"));
  if (kty !== "OKP" && kty !== "EC") {
    throw invalid(`the JSON Web Key has the unknown kty ${shown(kty)}`);
  }
  const crv = ascii(jwk, "crv");
  if (kty === "OKP" && crv === "Ed25519") return fromEd25519(bytesIn(jwk, "x", 32));
  if (kty === "EC" && Object.hasOwn(CURVES, crv)) {
    const { size } = CURVES[crv];
    const point = concat(
      Uint8Array.of(4),
      bytesIn(jwk, "x", size),
      bytesIn(jwk, "y", size),
    );
    return fromPoint(crv, point);
  }
  const okp = OKP_CURVES.includes(crv);
  if (
    okp !== (kty === "OKP") &&
    (okp || Object.hasOwn(CURVES, crv) || crv === "secp256k1")
  ) {
    throw invalid(`the JSON Web Key is ${kty} but on the curve ${crv}`);
  }
  if (crv === "X25519" || crv === "X448") {
    throw invalid(`a key on ${crv} is for encryption, not for signatures`);
  }
  throw notSupported(`${kty} on the curve ${shown(crv)}`);
}

function checkPurpose(jwk, kind) {
  if (has(jwk, "use") && jwk.use !== "sig") {
    throw invalid(`the JSON Web Key is for the use ${shown(jwk.use)}, not sig`);
  }
  const operations = has(jwk, "key_ops") ? jwk.key_ops : ["verify"];
  if (!Array.isArray(operations) || !operations.includes("verify")) {
    throw invalid("the key_ops of the JSON Web Key do not allow to verify");
  }
  const algorithm = get(jwk, "alg") ?? null;
  if (algorithm !== null && !ALGORITHMS[kind].includes(algorithm)) {
    throw invalid(`the JSON Web Key is ${kind} but says alg ${shown(algorithm)}`);
  }
}

async function thumbprint(jwk) {
  const kty = get(jwk, "kty");
  const names =
    typeof kty === "string" && Object.hasOwn(THUMBPRINT, kty) ? THUMBPRINT[kty] : null;
  if (!names) throw invalid("not a JSON Web Key that has a thumbprint");
  const members = Object.fromEntries(names.map((name) => [name, ascii(jwk, name)]));
  return base64url(await digest("sha256", utf8(JSON.stringify(members))));
}

async function namesOf(jwk) {
  if (!jwk) return [];
  try {
    return [get(jwk, "kid"), await thumbprint(jwk)];
  } catch {
    return [get(jwk, "kid")];
  }
}

function schemeOf(name) {
  if (typeof name !== "string" || !name) {
    throw invalid("the verification method is not the identifier of a key");
  }
  if (name.length > 16384) {
    throw invalid(`an identifier of ${name.length} characters is too long`);
  }
  if (!/^[!-~]*$/.test(name)) {
    throw invalid(`${shown(name)} is not a URI: it has a forbidden character`);
  }
  const found = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(name);
  if (!found) throw invalid(`${shown(name)} is not a URI: it has no scheme`);
  return found[1].toLowerCase();
}

const bare = (name) => name.split("#")[0];

const notSupported = (what) =>
  undetermined(`keys of the kind ${what} are not supported by this page`, {
    type: "unsupported-key",
  });

function ascii(jwk, name) {
  const value = get(jwk, name);
  if (typeof value !== "string" || /[^\x00-\x7f]/.test(value)) {
    throw invalid(`the member ${name} of the JSON Web Key is missing or no text`);
  }
  return value;
}

function bytesIn(jwk, name, length) {
  const value = fromBase64url(ascii(jwk, name));
  if (value.length !== length) {
    throw invalid(
      `the member ${name} of the JSON Web Key has ${value.length} bytes, not ${length}`,
    );
  }
  return value;
}

function numberIn(jwk, name) {
  const value = fromBase64url(ascii(jwk, name));
  if (!value.length || value[0] === 0) {
    throw invalid(`the member ${name} of the JSON Web Key has leading zeros`);
  }
  return value;
}
