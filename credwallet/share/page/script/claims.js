/**
 * What does a credential say, in the few words and rows that people read? Only members
 * that a proof covers; nothing here judges.
 */
import { get, isObject, many, textOf, texts, words } from "./members.js";
import * as dates from "./dates.js";

const MOST_ROWS = 400;
const MOST_SKILLS = 60;
const TOKEN_CLAIMS = [
  "iss",
  "nbf",
  "exp",
  "iat",
  "aud",
  "jti",
  "cnf",
  "vct",
  "vct#integrity",
  "status",
];

/** Leaves out the members at some JSON Pointers: no proof covers them. */
function signedOnly(document, pointers) {
  const left = new Set(pointers);
  const copy = (value, at) => {
    if (Array.isArray(value)) {
      return value
        .map((entry, index) => [`${at}/${index}`, entry])
        .filter(([pointer]) => !left.has(pointer))
        .map(([pointer, entry]) => copy(entry, pointer));
    }
    if (!isObject(value)) return value;
    const made = Object.create(null);
    for (const [name, member] of Object.entries(value)) {
      const pointer = `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (!left.has(pointer)) made[name] = copy(member, pointer);
    }
    return made;
  };
  return left.size ? copy(document, "") : document;
}

/**
 * Reads the few words.
 * @param {object} held
 * @param {string[]} unsigned JSON Pointers of what no proof covers.
 * @returns {object} name, issuer, issuerId, issued, expires, subject, rows, skills,
 *     evidence, image, document.
 */
export function claimsIn(held, unsigned) {
  const document = signedOnly(held.document, unsigned);
  return held.sdJwt?.statesClaims ? ofClaims(document) : ofDocument(document);
}

function ofDocument(document) {
  const subjects = many(get(document, "credentialSubject")).filter(isObject);
  const [subject] = subjects;
  const achievement = many(get(subject, "achievement")).find(isObject);
  const issuer = get(document, "issuer");
  const found = {
    document,
    name: words(get(achievement, "name")) || words(get(document, "name")),
    issuer: words(get(issuer, "name")) || words(get(issuer, "legalName")),
    issuerId: isObject(issuer) ? textOf(issuer, "id") : words(issuer),
    issued: textOf(document, "validFrom") || textOf(document, "issuanceDate"),
    expires: textOf(document, "validUntil") || textOf(document, "expirationDate"),
    subject: words(get(subject, "name")) || textOf(subject, "id"),
    image: imageOf(get(achievement, "image")) || imageOf(get(document, "image")),
    skills: skillsOf(achievement),
    evidence: [document, subject]
      .flatMap((holder) => many(get(holder, "evidence")))
      .map(evidenceOf)
      .filter(Boolean),
  };
  const row = (label, value) => (value ? [[label, value]] : []);
  found.rows = [
    ...row(
      "Description",
      words(get(achievement, "description")) || words(get(document, "description")),
    ),
    ...row(
      "Criteria",
      words(get(get(achievement, "criteria"), "narrative")) ||
        textOf(get(achievement, "criteria"), "id"),
    ),
    ...row("Kind", textOf(achievement, "achievementType")),
    ...row(
      "Results",
      many(get(subject, "result"))
        .map((entry) => textOf(entry, "value"))
        .filter(Boolean)
        .slice(0, 20)
        .join(", "),
    ),
    ...row("Credits", String(get(subject, "creditsEarned") ?? "")),
  ];
  return found;
}

function ofClaims(document) {
  const moment = (name) => {
    const at = dates.numeric(get(document, name));
    return Number.isNaN(at) ? "" : dates.written(at);
  };
  const vct = textOf(document, "vct");
  const path = vct.startsWith("https://")
    ? vct.slice(8).split(/[?#]/)[0].split("/").slice(1)
    : [];
  const about = Object.fromEntries(
    Object.entries(document).filter(
      ([name]) => !TOKEN_CLAIMS.includes(name) && name !== "__proto__",
    ),
  );
  return {
    document,
    name: path.filter((part) => part && !/^v?\d+(\.\d+)*$/.test(part)).at(-1) ?? vct,
    issuer: "",
    issuerId: textOf(document, "iss"),
    issued: moment("nbf") || moment("iat"),
    expires: moment("exp"),
    subject: textOf(document, "sub"),
    image: "",
    skills: [],
    evidence: [],
    rows: everything(about),
  };
}

/** Lists every value of a document with the way to it, up to a bound. */
export function everything(document) {
  const rows = [];
  const pending = [["", document]];
  while (pending.length && rows.length < MOST_ROWS) {
    const [path, value] = pending.pop();
    if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value).slice(0, MOST_ROWS);
      for (const [name, member] of entries.reverse()) {
        pending.push([path ? `${path} \u203a ${name}` : name, member]);
      }
    } else rows.push([path, String(value)]);
  }
  if (pending.length)
    rows.push(["", `and more, which is not shown here (${MOST_ROWS} values are)`]);
  return rows;
}

function skillsOf(achievement) {
  const named = many(get(achievement, "alignment")).map((entry) =>
    words(get(entry, "targetName")),
  );
  const all = [...named, ...texts(get(achievement, "tag"))].filter(Boolean);
  return [...new Set(all)].slice(0, MOST_SKILLS);
}

function evidenceOf(entry) {
  if (typeof entry === "string") return entry;
  const name = words(get(entry, "name")) || words(get(entry, "narrative"));
  return [name, textOf(entry, "id")].filter(Boolean).join(": ");
}

const imageOf = (image) => (typeof image === "string" ? image : textOf(image, "id"));
