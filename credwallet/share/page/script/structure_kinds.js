/**
 * What must a credential have because of the kind that it says it is?
 *
 * Open Badges 3.0 section 6 and B.1, Comprehensive Learner Record 2.0, Bitstring Status
 * List 1.0 section 2.2, Status List 2021 section 3.1.
 */
import { get, has, isNumber, isObject, listed, places, texts } from "./members.js";

const URL_FORM = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^\x60]+$/u;
const BITSTRING = "BitstringStatusListCredential";
const KINDS = [
  ["OpenBadgeCredential", "Open Badges 3.0"],
  ["AchievementCredential", "Open Badges 3.0"],
  ["ClrCredential", "Comprehensive Learner Record 2.0"],
  ["EndorsementCredential", "endorsement, Open Badges 3.0"],
  [BITSTRING, "Bitstring Status List 1.0"],
  ["StatusList2021Credential", "Status List 2021"],
];

/** @returns {boolean} Whether a JSON value is an absolute address. */
export const isUrl = (value) => typeof value === "string" && URL_FORM.test(value);

/** @returns {string|undefined} The standard beyond the data model that it follows. */
export function kindOfStandard(document) {
  const types = texts(get(document, "type") ?? get(document, "@type"));
  if (types.includes("VerifiablePresentation")) return "presentation";
  return KINDS.find(([type]) => types.includes(type))?.[1];
}

/**
 * Names what is missing for the kinds that `type` names.
 * @param {object} document
 * @param {(instance: string, what: string) => void} wrong Told of each fault.
 */
export function kindFaults(document, wrong) {
  const types = texts(get(document, "type") ?? get(document, "@type"));
  const subjects = places(
    get(document, "credentialSubject"),
    "/credentialSubject",
  ).filter(([, subject]) => isObject(subject));
  const is = (...names) => names.some((name) => types.includes(name));
  for (const [where, subject] of subjects) {
    if (is("OpenBadgeCredential", "AchievementCredential"))
      achievement(subject, where, wrong);
    if (is("ClrCredential")) record(subject, where, wrong);
    if (is("EndorsementCredential")) endorsement(subject, where, wrong);
    if (is(BITSTRING, "StatusList2021Credential")) statusList(subject, where, wrong);
  }
  const listing = subjects.some(([, subject]) => isA(subject, "BitstringStatusList"));
  if (listing !== is(BITSTRING)) {
    wrong(
      "/type",
      listing
        ? `does not name ${BITSTRING}, what its subject is`
        : `names ${BITSTRING}, and its subject is no BitstringStatusList`,
    );
  }
}

function achievement(subject, where, wrong) {
  credits(subject, "creditsEarned", where, wrong);
  const achievement = get(subject, "achievement");
  if (achievement === undefined || achievement === null) return;
  if (!isObject(achievement)) wrong(`${where}/achievement`, "is no object");
  else if (typeof get(achievement, "id") !== "string") {
    wrong(`${where}/achievement/id`, "is missing");
  } else credits(achievement, "creditsAvailable", `${where}/achievement`, wrong);
}

function credits(holder, name, where, wrong) {
  if (has(holder, name) && !isNumber(holder[name])) {
    wrong(`${where}/${name}`, "is no number");
  }
}

function record(subject, where, wrong) {
  if (!isA(subject, "ClrSubject")) wrong(`${where}/type`, "does not name ClrSubject");
  const parts = get(subject, "verifiableCredential");
  if (!parts || (Array.isArray(parts) && !parts.length)) {
    wrong(`${where}/verifiableCredential`, "is empty: a record of nothing");
  }
  for (const [pointer, entry] of places(
    get(subject, "association") ?? [],
    `${where}/association`,
  )) {
    if (!isObject(entry)) {
      wrong(pointer, "is no object");
      continue;
    }
    for (const name of ["associationType", "sourceId", "targetId"]) {
      if (typeof get(entry, name) !== "string" || !entry[name]) {
        wrong(`${pointer}/${name}`, "is missing");
      }
    }
  }
  for (const [pointer, entry] of places(
    get(subject, "achievement") ?? [],
    `${where}/achievement`,
  )) {
    if (typeof get(entry, "id") !== "string") {
      wrong(pointer, "is no achievement with an id");
    }
  }
}

function endorsement(subject, where, wrong) {
  if (!isUrl(get(subject, "id"))) {
    wrong(`${where}/id`, "is missing: it does not say what it endorses");
  }
  if (!isA(subject, "EndorsementSubject")) {
    wrong(`${where}/type`, "does not name EndorsementSubject");
  }
}

function statusList(subject, where, wrong) {
  if (typeof get(subject, "encodedList") !== "string") {
    wrong(`${where}/encodedList`, "is missing: a list of nothing");
  }
  if (!texts(get(subject, "statusPurpose")).length) {
    wrong(`${where}/statusPurpose`, "is missing");
  }
}

const isA = (subject, kind) => listed(get(subject, "type")).includes(kind);
