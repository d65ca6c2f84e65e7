/**
 * Does every proof fit these bytes?
 *
 * All proofs are looked at and every one must be good; one of a kind that is not known is
 * named. A term that no context defines is not covered by a proof over statements: it is
 * named with its pointer, and fails the check where it would change what the badge means.
 */
import { Failure, invalid } from "./failure.js";
import { answer, passed, skipped } from "./check.js";
import { proofsOf, Secured } from "./data_integrity.js";
import { signerOf } from "./issuer.js";
import { jsonFaults, statedTwice, unknownContexts } from "./json_text.js";
import { verifyJwt } from "./jwt.js";
import { get, shown, textOf } from "./members.js";
import { verifySdJwt } from "./sd_jwt.js";
import { problemOf } from "./structure.js";

const MAX_PROOFS = 10;
const PURPOSES = {
  credential: ["assertionMethod"],
  presentation: ["authentication", "assertionMethod"],
};
// An undefined term in one of these would change what the badge means.
const VITAL_TREES = ["/credentialStatus", "/proof"];
const VITAL = [
  "/validFrom",
  "/validUntil",
  "/issuanceDate",
  "/expirationDate",
  "/issuer",
  "/issuer/id",
  "/credentialSubject",
  "/credentialSubject/id",
  "/holder",
  "/verifiableCredential",
];

/**
 * Verifies all proofs.
 * @param {object} held
 * @param {{contexts: object, at: number, covered: boolean}} around
 * @returns {Promise<{check: object, verified: Array, unsigned: string[]}>}
 */
export async function checkProof(held, around) {
  const proofs = held.sdJwt?.statesClaims ? [] : proofsOf(held.document);
  if (!held.jws && !proofs.length) return unsigned(held, around);
  const found = [];
  const verified = [];
  const attempt = async (instance, verifying) => {
    try {
      verified.push(await verifying());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      found.push({
        kind: error.kind,
        problem: { ...problemOf(error), instance: error.instance || instance },
      });
    }
  };
  if (held.jws) {
    const by = held.sdJwt ? verifySdJwt : verifyJwt;
    await attempt("", () => by(held, signerOf(held), around.at));
  }
  if (proofs.length > MAX_PROOFS) {
    found.push({ kind: "invalid", problem: tooMany(proofs.length) });
  } else if (held.sdJwt && proofs.length) {
    found.push({ kind: "undetermined", problem: PROOF_INSIDE });
  } else {
    const secured = new Secured(held.document, around.contexts);
    for (const [pointer, proof] of proofs) {
      await attempt(pointer, () => {
        const purpose = textOf(proof, "proofPurpose");
        if (!PURPOSES[held.kind].includes(purpose))
          throw wrongPurpose(purpose, pointer);
        return secured.verify(pointer, proof);
      });
    }
  }
  const overJson =
    held.jws ||
    proofs.some(([, proof]) => textOf(proof, "cryptosuite").includes("-jcs-"));
  let remarks = [];
  if (overJson && !held.sdJwt?.statesClaims) {
    found.push(...jsonFaults(held.document, around.contexts).map(asFound));
    remarks = unknownContexts(held.document, around.contexts);
  } else if (found.length && !held.jws) {
    found.push(...statedTwice(held.document).map(asFound));
  }
  return conclude(verified, found, remarks);
}

const asFound = (failure) => ({ kind: failure.kind, problem: problemOf(failure) });

function conclude(verified, found, remarks) {
  const failed = found.filter((item) => item.kind === "invalid");
  const undefinedTerms = new Map();
  for (const proof of verified) {
    for (const item of proof.undefinedTerms) undefinedTerms.set(item.pointer, item);
  }
  const terms = [...undefinedTerms.values()];
  const said = (check) => ({
    check,
    verified,
    unsigned: terms.map((item) => item.pointer),
  });
  if (failed.length) {
    const others = found.filter((item) => item.kind !== "invalid");
    return said(
      answer("proof", "failed", ...[...failed, ...others].map((item) => item.problem)),
    );
  }
  const vital = terms.filter(isVital);
  if (vital.length) return said(answer("proof", "failed", ...vital.map(notSigned)));
  if (found.length || terms.length) {
    const problems = [
      ...found.map((item) => item.problem),
      ...terms.map(notSigned),
      ...remarks,
    ];
    return said(answer("proof", "unknown", ...problems));
  }
  const notes = verified.map(
    (proof) =>
      `${proof.label} by ${named(proof.method.id)}${presentedTo(proof.presented)}`,
  );
  const told = remarks.slice(0, 2).map((problem) => problem.title);
  if (remarks.length > 2) told.push(`and ${remarks.length - 2} more`);
  return said(passed("proof", [...notes, ...told].join("; "), remarks));
}

function unsigned(held, { covered, vouching }) {
  const said = (check, verified = []) => ({ check, verified, unsigned: [] });
  if (vouching && vouching.signer === signerOf(held)) {
    const note = "covered by the proof of the record, by the same issuer";
    return said(passed("proof", note), vouching.verified);
  }
  if (covered) return said(answer("proof", "unknown", COVERED));
  const holder = get(held.document, "holder") ?? null;
  if (holder !== null) return said(answer("proof", "unknown", UNSIGNED_HOLDER));
  return said(skipped("proof", "the envelope is not signed"));
}

/** @returns {string} A method's name; the fragment of a did:key says the key again. */
const named = (id) => {
  const [did, fragment] = id.split("#");
  return fragment && did.endsWith(`:${fragment}`) ? did : id;
};

const presentedTo = (presented) =>
  presented
    ? `; presented with the holder's key to ${shown(presented.audience)} (nonce ${shown(presented.nonce)}, not judged)`
    : "";

function isVital(item) {
  if (item.kind === "disguise") return true;
  const plain = item.pointer
    .split("/")
    .filter((part) => !/^\d+$/.test(part))
    .join("/");
  return VITAL.includes(plain) || VITAL_TREES.some((tree) => plain.startsWith(tree));
}

function notSigned(item) {
  const term = item.term.slice(0, 80);
  if (item.kind === "disguise") {
    return {
      type: "disguise",
      title: `the member ${term} is written so that readers overlook it`,
      instance: item.pointer,
      next: "somebody rewrote the badge: ask the issuer for a fresh copy",
    };
  }
  const what =
    { type: "the type", iri: "the address", context: "the context" }[item.kind] ??
    "the term";
  return {
    type: "not-signed",
    title: `${what} ${term} is not signed: no context of the badge defines it`,
    instance: item.pointer,
    next: "do not rely on this part; the issuer can list the missing context",
  };
}

const wrongPurpose = (purpose, pointer) =>
  invalid(
    `the proof was not made to issue a credential (its purpose: ${purpose.slice(0, 40)})`,
    {
      type: "purpose",
      instance: `${pointer}/proofPurpose`,
    },
  );

const tooMany = (count) => ({
  type: "invalid",
  title: `${count} proofs are more than the ${MAX_PROOFS} that are looked at`,
  instance: "/proof",
  next: "ask the issuer for a copy with fewer proofs",
});

const PROOF_INSIDE = {
  type: "unsupported-proof",
  title: "a proof inside a token is not looked at",
  instance: "/proof",
  next: "ask the issuer for a copy that is secured in one way",
};
const COVERED = {
  type: "no-own-proof",
  title: "it has no proof of its own: only the record around it speaks for it",
  instance: "/proof",
  next: "ask its issuer for the credential itself",
};
const UNSIGNED_HOLDER = {
  type: "not-signed",
  title: "nobody signed the envelope: its holder is only claimed",
  instance: "/holder",
  next: "ask the holder for a signed presentation; the badges inside are judged by themselves",
};
