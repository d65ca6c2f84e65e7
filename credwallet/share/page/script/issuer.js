/**
 * Is the key really the issuer's? The way from key to issuer: verification method, its
 * document, controller, issuer; all must agree (Controlled Identifiers 1.0 section 3.3).
 */
import { get, isObject, textOf } from "./members.js";
import { answer, passed, skipped } from "./check.js";

/** @returns {string} The identifier of who must have signed. */
export function signerOf(held) {
  if (held.sdJwt?.statesClaims) return textOf(held.document, "iss");
  const party = get(held.document, held.kind === "presentation" ? "holder" : "issuer");
  return isObject(party) ? textOf(party, "id") : typeof party === "string" ? party : "";
}

/**
 * Ties the verified proofs to the issuer (or holder), or says that nothing does.
 * @param {object} held
 * @param {Array<{method: object}>} verified
 */
export function checkIssuer(held, verified) {
  if (!verified.length) return skipped("issuer", "no proof was verified");
  const methods = verified.map((proof) => proof.method);
  const [first] = methods;
  const credential = held.kind === "credential";
  let signer = signerOf(held);
  if (!signer && credential && held.sdJwt?.statesClaims) {
    return answer("issuer", "unknown", {
      type: "no-issuer",
      title: `it does not say who issued it; signed by ${first.controller}`,
      instance: "/iss",
      next: "ask the issuer for a copy that names its issuer",
    });
  }
  // A holder may be left out of a presentation: then the key speaks for itself.
  if (!signer && !credential) signer = first.controller;
  const own = methods.filter((method) => method.controller === signer);
  if (!own.length) {
    return answer("issuer", "failed", {
      type: "foreign-key",
      title: `signed by ${first.controller}, not by the issuer ${signer}`,
      instance: "/issuer",
      next: "do not rely on this badge unless its issuer confirms it",
    });
  }
  const firm = own.filter((method) => !method.selfAsserted);
  if (!firm.length) {
    return answer("issuer", "unknown", {
      type: "self-asserted-key",
      title: "nothing ties this key to the issuer: only the badge names it",
      instance: "/issuer",
      next: `the signature fits; ask ${signer} whether it is theirs`,
    });
  }
  const others = methods.length - own.length;
  const more = others ? `; ${others} more by other parties` : "";
  return passed("issuer", `the key is ${signer}'s (${firm[0].source})${more}`);
}
