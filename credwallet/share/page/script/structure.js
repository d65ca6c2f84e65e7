/**
 * Is it a well-formed credential of its standard?
 *
 * VC Data Model 2.0 section 4 (and 1.1 where it reads differently), Open Badges 3.0, CLR
 * 2.0, status lists: only what the standards require of every credential, in the words
 * of the command line.
 */
import { Failure } from "./failure.js";
import * as dates from "./dates.js";
import { isUrl, kindFaults, kindOfStandard } from "./structure_kinds.js";
import { get, has, isObject, listed, places, texts } from "./members.js";

const V1 = "https://www.w3.org/2018/credentials/v1";
/** First context of VC Data Model 2.0. */
export const V2 = "https://www.w3.org/ns/credentials/v2";

const MODELS = { [V1]: "VC Data Model 1.1", [V2]: "VC Data Model 2.0" };
const TYPED = [
  "credentialStatus",
  "credentialSchema",
  "evidence",
  "termsOfUse",
  "refreshService",
];
const MOST = 20;

/** @returns {boolean} Whether a document is one of VC Data Model 2.0. */
const isSecond = (document) => listed(get(document, "@context"))[0] === V2;

/** @returns {string} The standard that a document follows, for people. */
export function nameOf(document) {
  const kind = kindOfStandard(document);
  const first = listed(get(document, "@context"))[0];
  const model = (typeof first === "string" && MODELS[first]) || "VC Data Model";
  return kind ? `${kind}, ${model}` : model;
}

/**
 * Names every member of a credential that breaks a rule.
 * @param {object} document
 * @param {boolean} secured Whether a token secures it, so that it needs no proof.
 * @returns {Array<object>} Problems.
 */
export function credentialFaults(document, secured) {
  const rules = new Rules();
  rules.contexts(document);
  rules.types(document, "VerifiableCredential");
  rules.identifier(document);
  rules.party(document, "issuer", true);
  rules.subject(get(document, "credentialSubject"));
  rules.period(document);
  rules.typed(document);
  if (isSecond(document)) {
    rules.described(document);
    rules.related(document);
  }
  rules.proofs(document, !secured);
  kindFaults(document, (instance, what) => rules.wrong(instance, what));
  return rules.found.slice(0, MOST);
}

/** Names every member of a presentation that breaks a rule; see `credentialFaults`. */
export function presentationFaults(document) {
  const rules = new Rules();
  rules.contexts(document);
  rules.types(document, "VerifiablePresentation");
  rules.identifier(document);
  rules.party(document, "holder", false);
  if (isSecond(document)) {
    const held = has(document, "verifiableCredential");
    const parts = held ? listed(document.verifiableCredential) : [];
    parts.forEach((part, index) => {
      if (!isObject(part))
        rules.wrong(`/verifiableCredential/${index}`, "is no object");
    });
  }
  rules.proofs(document, false);
  return rules.found.slice(0, MOST);
}

class Rules {
  found = [];

  wrong(instance, what) {
    const named = instance.slice(1).replaceAll("/", " ") || "the document";
    this.found.push({
      type: "malformed",
      title: `${named.slice(0, 120)} ${what}`,
      instance,
      next: "ask the issuer for a corrected copy",
    });
  }

  contexts(document) {
    const entries = listed(get(document, "@context"));
    if (entries[0] !== V1 && entries[0] !== V2) {
      this.wrong("/@context", "does not begin with a context of VC 1.1 or 2.0");
      return;
    }
    entries.forEach((entry, index) => {
      if (!isObject(entry) && !isUrl(entry)) {
        this.wrong(`/@context/${index}`, "is neither an address nor an object");
      }
    });
    if (entries.some(isObject)) {
      // What a context inside of the document may define is a matter for the whole
      // program: this page looks no further.
      this.found.push({
        type: "unsupported",
        title: "a context written into the credential is not looked at by this page",
        instance: "/@context",
        next: "check it with a full verifier",
      });
    }
  }

  types(document, required) {
    const values = listed(get(document, "type"));
    if (!values.every((entry) => typeof entry === "string" && entry)) {
      this.wrong("/type", "is no text or list of texts");
    } else if (!values.includes(required)) {
      this.wrong("/type", `does not name ${required}`);
    }
  }

  identifier(document) {
    if (has(document, "id") && !isUrl(document.id)) {
      this.wrong("/id", "is not one address (URL)");
    }
  }

  party(document, name, required) {
    if (!has(document, name)) {
      if (required) this.wrong(`/${name}`, "is missing");
      return;
    }
    const value = document[name];
    if (!isUrl(isObject(value) ? get(value, "id") : value)) {
      this.wrong(`/${name}`, "has no identifier that is an address (URL)");
    }
  }

  subject(value) {
    const entries = listed(value);
    for (const entry of entries.length ? entries : [null]) {
      if (!isObject(entry) || !Object.keys(entry).length) {
        this.wrong("/credentialSubject", "makes no claim");
        return;
      }
      if (has(entry, "id") && !isUrl(entry.id)) {
        this.wrong("/credentialSubject/id", "is not one address (URL)");
      }
    }
  }

  period(document) {
    const second = isSecond(document);
    const moments = {};
    for (const name of ["validFrom", "validUntil", "issuanceDate", "expirationDate"]) {
      if (!has(document, name)) continue;
      if (typeof document[name] !== "string") {
        this.wrong(`/${name}`, "is no text");
        continue;
      }
      try {
        const zoned = second && name.startsWith("valid");
        moments[name] = dates.parse(document[name], zoned, `/${name}`);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        this.found.push(problemOf(error));
      }
    }
    const start = moments.validFrom ?? moments.issuanceDate;
    const end = moments.validUntil ?? moments.expirationDate;
    if (end < start) this.wrong("/validUntil", "is before validFrom");
    const from = get(document, "validFrom") ?? get(document, "issuanceDate");
    const first = listed(get(document, "@context"))[0];
    if (first === V1 && (typeof from !== "string" || !from)) {
      this.wrong("/issuanceDate", "is missing");
    }
  }

  typed(document) {
    for (const name of TYPED) {
      if (!has(document, name)) continue;
      for (const [where, entry] of places(document[name], `/${name}`)) {
        if (!isObject(entry)) {
          this.wrong(where, "is no object");
          continue;
        }
        const types = listed(get(entry, "type"));
        if (!types.length || !types.every((item) => typeof item === "string" && item)) {
          this.wrong(`${where}/type`, "is missing");
        }
        if (
          (name === "credentialSchema" || has(entry, "id")) &&
          !isUrl(get(entry, "id"))
        ) {
          this.wrong(`${where}/id`, "is not one address (URL)");
        }
      }
    }
  }

  described(document) {
    for (const [where, holder] of [
      ["", document],
      ["/issuer", get(document, "issuer")],
    ]) {
      if (!isObject(holder)) continue;
      for (const name of ["name", "description"]) {
        for (const [pointer, entry] of places(
          get(holder, name) ?? missing(holder, name),
          `${where}/${name}`,
        )) {
          const what = notWorded(entry);
          if (what) this.wrong(pointer, what);
        }
      }
    }
  }

  related(document) {
    if (!has(document, "relatedResource")) return;
    const seen = new Set();
    for (const [where, entry] of places(document.relatedResource, "/relatedResource")) {
      if (!isObject(entry)) {
        this.wrong(where, "is no object");
        continue;
      }
      if (!isUrl(get(entry, "id")))
        this.wrong(`${where}/id`, "is not one address (URL)");
      else if (seen.has(entry.id)) this.wrong(`${where}/id`, "stands there twice");
      else seen.add(entry.id);
      const digested = ["digestSRI", "digestMultibase"].some((name) => {
        const value = get(entry, name);
        const entries = listed(value);
        return (
          value && entries.length && entries.every((item) => typeof item === "string")
        );
      });
      if (!digested) this.wrong(where, "has neither digestSRI nor digestMultibase");
    }
  }

  proofs(document, required) {
    const value = get(document, "proof");
    if (value === undefined || value === null) {
      if (required) this.wrong("/proof", "is missing: nothing secures this credential");
      return;
    }
    const entries = listed(value);
    entries.forEach((entry, index) => {
      if (!isObject(entry)) this.wrong(`/proof/${index}`, "is no object");
      else if (typeof get(entry, "type") !== "string" || !entry.type) {
        this.wrong("/proof/type", "is missing");
      }
    });
    if (!entries.length && required) {
      this.wrong("/proof", "is empty: nothing secures this credential");
    }
  }
}

/** @returns {object} A failure as a problem of a report. */
export const problemOf = (failure) => ({
  type: failure.type ?? failure.kind,
  title: failure.message,
  instance: failure.instance ?? "",
  next: failure.next || "ask the issuer for a new copy",
});

// A member that is there and null is no text; one that is not there is no fault.
const missing = (holder, name) => (has(holder, name) ? null : "");

function notWorded(entry) {
  if (typeof entry === "string") return "";
  if (typeof get(entry, "@value") !== "string") {
    return "is neither a text nor a text with its language";
  }
  if (has(entry, "@language") && typeof entry["@language"] !== "string") {
    return "has an @language that is no text";
  }
  if (has(entry, "@direction") && !["ltr", "rtl"].includes(entry["@direction"])) {
    return "has an @direction that is neither ltr nor rtl";
  }
  const others = Object.keys(entry).filter(
    (name) => !["@value", "@language", "@direction"].includes(name),
  );
  return others.length ? "has more than @value, @language and @direction" : "";
}
