/**
 * Does the token of an issuer that has disclosures fit, and whose key made it? And the
 * key binding of a holder, if there is one.
 *
 * RFC 9901 sections 7.1 and 7.3, SD-JWT VC, VC-JOSE-COSE section 3.2. To whom it was
 * presented is told and not judged: only the verifier that asked knows its nonce.
 */
import { invalid, undetermined } from "./failure.js";
import * as dates from "./dates.js";
import { digestOf, disclose, hashOf, readDisclosures } from "./disclosures.js";
import { checkHeader, claimsOf, fit, takeApart, typeOf } from "./jws.js";
import { statedIn } from "./jwt.js";
import { fromJose, fromJwk, notLookedUp, resolve, selfAsserted } from "./keys.js";
import { kindOf } from "./kind.js";
import { get, has, isObject, shown, without } from "./members.js";

/** Types that say nothing: told by the structure check. */
export const UNTYPED = ["", "jwt", "sd-jwt"];
const TYPES = {
  claims: ["dc+sd-jwt", "vc+sd-jwt"],
  credential: ["vc+sd-jwt", "vc-ld+sd-jwt", "vc+ld+json+sd-jwt"],
  presentation: ["vp+sd-jwt", "vp-ld+sd-jwt", "vp+ld+json+sd-jwt"],
};
const CONTENTS = [
  "",
  "vc",
  "vc+ld+json",
  "vp",
  "vp+ld+json",
  "json",
  "credential-claims-set+json",
];

/**
 * Reads an SD-JWT.
 * @param {string} text `jws~disclosure~...~` and perhaps a key binding.
 */
export async function readSdJwt(text) {
  const [first, ...parts] = text.split("~");
  const last = parts.pop();
  const jws = takeApart(first);
  const disclosures = readDisclosures(parts);
  const binding = last ? takeApart(last) : null;
  const payload = claimsOf(jws);
  let problem = "";
  let hashName = "";
  let found = { claims: without(payload, "_sd", "_sd_alg"), withheld: 0 };
  try {
    hashName = hashOf(payload);
    found = await disclose(payload, disclosures);
  } catch (error) {
    if (error.kind !== "invalid") throw error;
    problem = error.message;
  }
  const { claims } = found;
  const kind = kindOf(claims);
  const document = kind === "credential" || kind === "presentation";
  const statesClaims =
    typeOf(jws) === "dc+sd-jwt" || !has(claims, "@context") || !document;
  const held = {
    format: "sd-jwt",
    jws,
    payload,
    sdJwt: {
      statesClaims,
      withheld: found.withheld,
      disclosed: disclosures.length,
      binding,
      hashName,
      presented: text.slice(0, text.lastIndexOf("~") + 1),
    },
  };
  if (statesClaims) return { ...held, kind: "credential", document: claims, problem };
  const stated = statedIn(claims, true);
  return { ...held, ...stated, problem: problem || stated.problem };
}

/** Verifies the token of the issuer, and the key binding; see `Secured.verify`. */
export async function verifySdJwt(held, signer, at) {
  const { jws, sdJwt } = held;
  checkHeader(jws, [...TYPES[sdJwt.statesClaims ? "claims" : held.kind], ...UNTYPED]);
  const content = has(jws.header, "cty") ? jws.header.cty : "";
  if (
    typeof content !== "string" ||
    !CONTENTS.includes(content.toLowerCase().replace(/^application\//, ""))
  ) {
    throw invalid(
      `a token with content of the type ${shown(content)} is no credential`,
      {
        type: "header",
        next: "check that it is the right file",
      },
    );
  }
  if (held.problem) throw invalid(held.problem, { type: "claims" });
  const method = await signingKey(jws.header, signer, sdJwt.statesClaims);
  await fit(jws, method);
  const presented = sdJwt.binding ? await verifyBinding(held, at) : null;
  return { label: `SD-JWT ${jws.header.alg}`, method, undefinedTerms: [], presented };
}

async function signingKey(header, signer, statesClaims) {
  if (has(header, "x5c")) {
    throw undetermined("signed with a certificate, which this page does not check", {
      type: "unsupported-key",
      next: "check it with a full verifier",
    });
  }
  if (!statesClaims || signer.startsWith("did:") || !signer)
    return fromJose(header, signer);
  if (!signer.startsWith("https://")) {
    throw undetermined(`nothing says where the keys of ${shown(signer)} are`, {
      type: "no-key-document",
    });
  }
  if (has(header, "jwk")) return selfAsserted(header.jwk, signer);
  throw notLookedUp(signer);
}

async function verifyBinding(held, at) {
  const { binding, hashName, presented } = held.sdJwt;
  checkHeader(binding, [typeOf(binding)]);
  if (typeOf(binding) !== "kb+jwt") throw bad("it is not of the type kb+jwt");
  const claims = claimsOf(binding);
  const { aud, nonce } = { aud: get(claims, "aud"), nonce: get(claims, "nonce") };
  if (typeof aud !== "string" || typeof nonce !== "string")
    throw bad("it states no aud or no nonce");
  const made = dates.numeric(get(claims, "iat"));
  if (Number.isNaN(made)) throw bad("its iat is no date");
  await fit(binding, { publicKey: await holderKey(get(held.payload, "cnf")) });
  if (get(claims, "sd_hash") !== (await digestOf(presented, hashName))) {
    throw bad("its sd_hash is of something else");
  }
  if (made - at > dates.SKEW) throw bad("it is dated ahead");
  return { audience: aud, nonce, at: made };
}

async function holderKey(cnf) {
  if (!isObject(cnf)) throw bad("the issuer bound it to no key (cnf)");
  if (has(cnf, "jwk")) return fromJwk(cnf.jwk);
  const kid = get(cnf, "kid");
  if (typeof kid === "string" && /^(did:|https:\/\/)/.test(kid))
    return (await resolve(kid)).publicKey;
  throw undetermined("the holder's key is named in a way that is not supported (cnf)", {
    type: "unsupported-proof",
  });
}

const bad = (why) =>
  invalid(`the key binding is not good: ${why}`, {
    type: "key-binding",
    next: "ask the holder for a new presentation",
  });
