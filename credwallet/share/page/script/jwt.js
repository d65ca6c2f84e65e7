/**
 * Which credential or presentation do the claims of a JWT state? And do they agree.
 *
 * VC Data Model 1.1 section 6.3.1 (claims instead of members), VC-JOSE-COSE section 3.1
 * (claims beside members), Open Badges 3.0 section 8.2. A claim that contradicts the
 * member that it mirrors is told as a problem, and the token is refused.
 */
import { invalid } from "./failure.js";
import * as dates from "./dates.js";
import { checkHeader, fit, typeOf } from "./jws.js";
import { fromJose } from "./keys.js";
import { kindOf } from "./kind.js";
import { get, has, isObject, listed, without, withMember } from "./members.js";
import { V2 } from "./structure.js";

const REGISTERED = [
  "iss",
  "sub",
  "aud",
  "exp",
  "nbf",
  "iat",
  "jti",
  "cnf",
  "nonce",
  "vc",
  "vp",
];
const NATIVE = [
  "vc+jwt",
  "vp+jwt",
  "vc+ld+json+jwt",
  "vp+ld+json+jwt",
  "vc-ld+jwt",
  "vp-ld+jwt",
];
const TYPES = {
  credential: ["", "jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt", "vc-ld+jwt"],
  presentation: ["", "jwt", "vp+jwt", "vp+ld+jwt", "vp+ld+json+jwt", "vp-ld+jwt"],
};

/** @returns {boolean} Whether the token's type says that it is the document itself. */
export const isNative = (jws) => NATIVE.includes(typeOf(jws));

/**
 * Reads what claims state.
 * @param {object} claims
 * @param {boolean} native Whether the claims are the document itself.
 * @returns {{kind: string, document: object, problem: string}}
 */
export function statedIn(claims, native) {
  const { path, kind, problems } = choose(claims, native);
  const inner = path ? claims[path] : claims;
  let document = path ? without(inner) : without(inner, ...REGISTERED);
  const mirror = (member, claim) => {
    const [value, problem] = mirrored(get(document, member), claims, claim, member);
    if (problem) problems.push(problem);
    if (value !== undefined) document = withMember(document, member, value);
  };
  if (kind === "presentation") mirror("holder", "iss");
  else {
    mirror("issuer", "iss");
    document = withSubject(document, claims, problems);
    document = withDates(document, claims, native, problems);
  }
  mirror("id", "jti");
  return { kind, document, problem: problems.join("; ") };
}

/** Verifies the token that secures a credential or a presentation. */
export async function verifyJwt(held, signer) {
  checkHeader(held.jws, TYPES[held.kind]);
  if (held.problem) throw invalid(held.problem, { type: "claims" });
  const method = await fromJose(held.jws.header, signer);
  await fit(held.jws, method);
  return { label: `JWS ${held.jws.header.alg}`, method, undefinedTerms: [] };
}

function choose(claims, native) {
  const present = ["vc", "vp"].filter((name) => has(claims, name));
  const problems = native
    ? present.map((name) => `a ${name} claim is not allowed in this type`)
    : [];
  const kind = kindOf(claims);
  if (kind === "credential" || kind === "presentation") {
    if (!native)
      problems.push(...present.map((name) => `a second copy stands under ${name}`));
    return { path: "", kind, problems };
  }
  const name = present.find((entry) => isObject(claims[entry]));
  if (!name) {
    throw invalid("the claims hold no credential and no presentation", {
      next: "ask the issuer for the badge itself: this token is something else",
    });
  }
  if (present.length > 1) problems.push("both a vc and a vp claim stand there");
  return { path: name, kind: name === "vc" ? "credential" : "presentation", problems };
}

/** Compares or fills a member: gives its new value (or nothing), and what is wrong. */
function mirrored(value, claims, claim, member) {
  if (!has(claims, claim)) return [];
  const stated = claims[claim];
  if (typeof stated !== "string") return [undefined, `the claim ${claim} is no text`];
  if (value === undefined || value === null) return [stated];
  if (isObject(value)) {
    const id = get(value, "id");
    if (id === undefined || id === null) return [withMember(value, "id", stated)];
    return [undefined, id === stated ? "" : differ(claim, stated, `${member}.id`, id)];
  }
  return [undefined, value === stated ? "" : differ(claim, stated, member, value)];
}

function withSubject(document, claims, problems) {
  const name = "credentialSubject";
  const subjects = get(document, name);
  if (Array.isArray(subjects) && !(subjects.length === 1 && isObject(subjects[0]))) {
    const ids = subjects.filter(isObject).map((entry) => get(entry, "id"));
    if (has(claims, "sub") && !ids.includes(claims.sub)) {
      problems.push(differ("sub", claims.sub, `${name}.id`, ids));
    }
    return document;
  }
  let one = Array.isArray(subjects) ? subjects[0] : subjects;
  if (typeof one === "string") one = withMember({}, "id", one);
  if (one === null) one = undefined;
  const [value, problem] = mirrored(one, claims, "sub", name);
  if (problem) problems.push(problem);
  // A subject that only the claim names is no claim about it.
  const found = value === undefined ? one : value;
  if (!isObject(found)) return document;
  return withMember(document, name, Array.isArray(subjects) ? [found] : found);
}

function withDates(document, claims, native, problems) {
  const second = listed(get(document, "@context")).includes(V2);
  for (const [claim, ...members] of [
    ["nbf", "validFrom", "issuanceDate"],
    ["exp", "validUntil", "expirationDate"],
  ]) {
    if (!has(claims, claim)) continue;
    const at = dates.numeric(claims[claim]);
    if (Number.isNaN(at)) {
      problems.push(`the claim ${claim} is no number of seconds`);
      continue;
    }
    const [ours, other] = second ? members : members.reverse();
    const member = has(document, ours) || !has(document, other) ? ours : other;
    if (!has(document, member)) document = withMember(document, member, stampOf(at));
    else if (!native && apart(at, document[member])) {
      problems.push(differ(claim, stampOf(at), member, document[member]));
    }
  }
  return document;
}

/** Writes a moment with the parts of its second, as the command line does. */
const stampOf = (at) =>
  at % 1000
    ? new Date(at).toISOString().replace(/(\.\d+)Z$/, "$1000Z")
    : dates.written(at);

function apart(at, value) {
  if (typeof value !== "string") return false;
  let written;
  try {
    written = dates.parse(value, true, "");
  } catch {
    // No date at all: the structure check says so.
    return false;
  }
  return Math.abs(written - at) >= 1000;
}

const differ = (claim, stated, member, value) =>
  `${claim} ${quoted(stated)} is not ${member} ${quoted(value)}`;

const quoted = (value) => {
  const text =
    JSON.stringify(value, (_, item) =>
      typeof item === "bigint" ? String(item) : item,
    ) ?? "nothing";
  return text.length <= 80 ? text : `${text.slice(0, 80)}...`;
};
