/**
 * Which questions are asked, in which order, and what do the answers mean? As on the
 * command line without network: a report always holds every row, in this order.
 */
import { Failure } from "./failure.js";
import { answer, passed, skipped } from "./check.js";
import { checkIssuer, signerOf } from "./issuer.js";
import { typeOf } from "./jws.js";
import { get, has, isObject, many, shown } from "./members.js";
import { checkProof } from "./proof.js";
import { UNTYPED } from "./sd_jwt.js";
import {
  credentialFaults,
  nameOf,
  presentationFaults,
  problemOf,
} from "./structure.js";
import { checkValidity } from "./validity.js";

/** The rows of a report: names and questions. */
export const QUESTIONS = {
  structure: "Is it a well-formed credential of its standard?",
  proof: "Does every proof fit these bytes?",
  issuer: "Is the key really the issuer's?",
  validity: "Is it valid at this time?",
  status: "Revoked or suspended?",
  subject: "Is it about the person who sent it?",
  endorsements: "Do embedded endorsements verify?",
  refresh: "Is there a newer copy?",
};
/** Verdicts from the gravest to the best. */
const VERDICTS = [
  "malformed",
  "invalid",
  "expired",
  "not-yet-valid",
  "undetermined",
  "valid",
];

const REQUIRED = ["structure", "proof", "issuer", "validity", "status"];

/**
 * Answers every question about a credential, or a presentation and what it holds.
 * @param {object} held As `readText` gives it.
 * @param {{contexts: object, at: number, covered?: boolean, vouching?: object}} around
 *     Known contexts; milliseconds; the record around it, if it has no proof of its own.
 * @returns {Promise<object>} held, checks, verdict, unsigned, contains.
 */
export async function verify(held, around) {
  const report = await reportOn(held, around);
  const record = held.kind === "credential";
  // A record that is good itself speaks for what its issuer put into it.
  const good = record && report.verdict === "valid";
  const vouching = good ? { signer: signerOf(held), verified: report.verified } : null;
  for (const part of held.parts) {
    if (part.held instanceof Failure) continue;
    const unsigned = !part.held.jws && !many(get(part.held.document, "proof")).length;
    const covered = record && unsigned && part.held.kind === "credential";
    const inside = { ...around, covered, vouching: covered ? vouching : null };
    report.contains.push({
      ...(await verify(part.held, inside)),
      pointer: part.pointer,
    });
  }
  // A learner record stands for itself: it can be good though a part is not.
  if (!record) {
    report.verdict = gravest([
      report.verdict,
      ...report.contains.map((inner) => inner.verdict),
    ]);
  }
  return report;
}

/** @returns {string} The gravest of some verdicts. */
export const gravest = (verdicts) =>
  VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? "";

async function reportOn(held, around) {
  const checks = [checkStructure(held, around.covered)];
  let unsigned = [];
  let stopped = checks[0].outcome === "failed" ? "structure" : "";
  let verified = [];
  if (!stopped) {
    const found = await checkProof(held, around);
    checks.push(found.check);
    ({ unsigned, verified } = found);
    if (found.check.outcome === "failed") stopped = "proof";
  }
  for (const id of Object.keys(QUESTIONS).slice(checks.length)) {
    checks.push(
      stopped
        ? skipped(id, `not asked: ${stopped} failed`)
        : ({
            issuer: () => checkIssuer(held, verified),
            validity: () => checkValidity(held, around.at),
          }[id]?.() ?? OTHERS[id](held)),
    );
  }
  return { held, checks, verdict: verdictOf(checks), unsigned, verified, contains: [] };
}

const OTHERS = {
  status: checkStatus,
  subject: () => skipped("subject", "this page does not know who sent it"),
  endorsements: checkEndorsements,
  refresh: (held) =>
    skipped(
      "refresh",
      get(held.document, "refreshService")
        ? "its issuer offers newer copies; not asked: this page makes no request"
        : "its issuer offers none",
    ),
};

/** Derives the one word: the first rule of the table that applies. */
function verdictOf(checks) {
  const failed = (id) =>
    checks.find((check) => check.id === id && check.outcome === "failed");
  if (failed("structure")) return "malformed";
  if (failed("proof") || failed("issuer")) return "invalid";
  const late = failed("validity")?.problems.map((problem) => problem.type);
  if (late?.includes("expired")) return "expired";
  if (late) return late.includes("not-yet-valid") ? "not-yet-valid" : "invalid";
  const open = checks.some(
    (check) => check.outcome === "unknown" && REQUIRED.includes(check.id),
  );
  return open ? "undetermined" : "valid";
}

function checkStructure(held, covered) {
  const found = held.sdJwt?.statesClaims
    ? claimFaults(held.document)
    : documentFaults(held, covered);
  for (const part of held.parts) {
    if (part.held instanceof Failure) found.push(unreadable(part));
  }
  if (found.length) {
    const unsure = found.every((problem) => UNSURE.includes(problem.type));
    return answer("structure", unsure ? "unknown" : "failed", ...found);
  }
  if (held.sdJwt?.statesClaims && !has(held.document, "vct")) {
    return answer("structure", "unknown", NO_VCT);
  }
  if (held.sdJwt && UNTYPED.includes(typeOf(held.jws)))
    return answer("structure", "unknown", NO_TYPE);
  return passed(
    "structure",
    [
      held.sdJwt?.statesClaims ? "SD-JWT VC" : nameOf(held.document),
      ...asides(held),
    ].join("; "),
  );
}

const UNSURE = ["unsupported", "too-many"];

function documentFaults(held, covered) {
  if (held.plainList)
    return held.parts.length
      ? []
      : [
          {
            type: "malformed",
            title: "the list is empty, and nobody signed it",
            instance: "",
            next: "ask for the badge itself",
          },
        ];
  const secured = held.jws !== null;
  if (held.kind === "credential")
    return credentialFaults(held.document, secured || covered);
  const faults = presentationFaults(held.document);
  if (!held.parts.length && !secured && !many(get(held.document, "proof")).length) {
    faults.push({
      type: "malformed",
      title: "verifiableCredential is empty, and nobody signed it",
      instance: "/verifiableCredential",
      next: "ask for the badge itself",
    });
  }
  return faults;
}

function asides(held) {
  const said = [];
  const withheld = held.sdJwt?.withheld;
  if (withheld)
    said.push(
      `${withheld} value${withheld === 1 ? " is" : "s are"} held back, or decoys`,
    );
  const subjects = many(get(held.document, "credentialSubject")).filter(
    isObject,
  ).length;
  if (held.kind === "credential" && subjects > 1)
    said.push(`it is about ${subjects} subjects: the first one is shown`);
  if (get(held.document, "credentialSchema"))
    said.push("its schema was not checked by this page");
  return said;
}

function claimFaults(document) {
  const wrong = (name, what) => ({
    type: "malformed",
    title: `${name} ${what}`,
    instance: `/${name}`,
    next: "ask the issuer for a corrected copy",
  });
  return [
    ...["iss", "sub", "jti", "vct", "vct#integrity"]
      .filter(
        (name) =>
          has(document, name) &&
          (typeof document[name] !== "string" || !document[name]),
      )
      .map((name) => wrong(name, "is no text")),
    ...["cnf", "status"]
      .filter((name) => has(document, name) && !isObject(document[name]))
      .map((name) => wrong(name, "is no object")),
  ];
}

const unreadable = (part) => {
  const problem = problemOf(part.held);
  const unsure = part.held.kind === "undetermined";
  return {
    ...problem,
    type: unsure ? "unsupported" : "malformed",
    title: `${part.pointer.slice(1).replaceAll("/", " ")} is unreadable: ${problem.title}`,
    instance: part.pointer,
  };
};

function checkStatus(held) {
  const entries = held.sdJwt?.statesClaims
    ? []
    : many(get(held.document, "credentialStatus"));
  const claim = held.sdJwt && isObject(get(held.document, "status"));
  if (held.kind !== "credential" || (!entries.length && !claim)) {
    return skipped("status", "it names no status list");
  }
  const lists = entries.map(
    (entry) => get(entry, "statusListCredential") ?? get(entry, "id"),
  );
  const uri = get(get(get(held.document, "status"), "status_list"), "uri");
  const named = [...lists, claim ? uri : null].filter(
    (name) => typeof name === "string",
  );
  const where = named.length ? ` in ${shown(named[0])}` : "";
  return answer("status", "unknown", {
    type: "offline",
    title: `status not checked: its issuer may have revoked it${where}, and this page makes no request`,
    instance: claim ? "/status" : "/credentialStatus",
    next: "check it with a program that may ask the issuer's list",
  });
}

function checkEndorsements(held) {
  if (held.kind !== "credential" || held.sdJwt?.statesClaims)
    return skipped("endorsements", "not asked of this kind");
  const subjects = many(get(held.document, "credentialSubject"));
  const holders = [held.document, ...many(get(held.document, "issuer")), ...subjects];
  for (const subject of subjects)
    holders.push(...many(get(subject, "achievement")), ...many(get(subject, "source")));
  const some = holders.some(
    (holder) => has(holder, "endorsement") || has(holder, "endorsementJwt"),
  );
  if (!some) return skipped("endorsements", "it carries none");
  return answer("endorsements", "unknown", {
    type: "endorsement-unknown",
    title: "it carries endorsements, which this page does not check",
    instance: "",
    next: "check it with a full verifier",
  });
}

const NO_TYPE = {
  type: "no-type",
  title: "the token does not say of which type it is (typ)",
  instance: "",
  next: "ask the issuer for a copy that names its type",
};
const NO_VCT = {
  type: "no-type",
  title: "a token with disclosures that does not say what it certifies (vct)",
  instance: "/vct",
  next: "ask the issuer for a credential: this may be a token for something else",
};
