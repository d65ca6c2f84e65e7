/**
 * Is it valid at this time?
 *
 * `validFrom` and `validUntil` (VCDM 2.0 section 4.9) or the words of 1.1, `nbf` and
 * `exp` of a token, `created` and `expires` of each proof; a clock may be a minute off.
 */
import { Failure, invalid } from "./failure.js";
import { answer, passed } from "./check.js";
import { proofsOf } from "./data_integrity.js";
import * as dates from "./dates.js";
import { get, has, listed, textOf } from "./members.js";
import { problemOf, V2 } from "./structure.js";

/** Compares every date of what is held with a moment (milliseconds). */
export function checkValidity(held, at) {
  let bounds;
  try {
    bounds = boundsOf(held);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return answer("validity", "failed", problemOf(error));
  }
  const late = bounds.filter(
    (bound) => !bound.opens && at - bound.moment >= dates.SKEW,
  );
  const early = bounds.filter((bound) => bound.opens && bound.moment - at > dates.SKEW);
  if (late.length || early.length) {
    return answer("validity", "failed", ...late.map(expired), ...early.map(notYet));
  }
  const older = olderWords(held, bounds);
  const note = [noteOf(bounds), ...older.map((problem) => problem.title)].join("; ");
  return passed("validity", note, older);
}

function boundsOf(held) {
  const bounds = [];
  const add = (name, instance, text, moment, opens) =>
    bounds.push({ name, instance, text, moment, opens });
  const claims = (names) => {
    for (const [name, opens] of names) {
      if (!has(held.payload, name)) continue;
      const moment = dates.numeric(held.payload[name]);
      if (Number.isNaN(moment)) {
        throw invalid(`the token's ${name} is no date (seconds since 1970)`, {
          type: "date",
          instance: `/${name}`,
        });
      }
      add(name, `/${name}`, dates.written(moment), moment, opens);
    }
  };
  const known = [
    ["nbf", true],
    ["exp", false],
  ];
  if (held.sdJwt?.statesClaims) {
    // `iat` may be disclosed, and other members are no dates of ours.
    claims(known);
    const issued = get(held.document, "iat");
    if (issued !== undefined) {
      const moment = dates.numeric(issued);
      if (Number.isNaN(moment)) {
        throw invalid("the token's iat is no date (seconds since 1970)", {
          type: "date",
          instance: "/iat",
        });
      }
      add("iat", "/iat", dates.written(moment), moment, true);
    }
    return bounds;
  }
  if (held.kind === "credential") {
    for (const [name, opens] of [
      ["validFrom", true],
      ["issuanceDate", true],
      ["validUntil", false],
      ["expirationDate", false],
    ]) {
      const text = get(held.document, name);
      if (typeof text === "string") {
        add(name, `/${name}`, text, dates.parse(text, false, `/${name}`), opens);
      }
    }
  }
  if (held.jws) claims(known);
  for (const [pointer, proof] of proofsOf(held.document)) {
    for (const [name, opens] of [
      ["created", true],
      ["expires", false],
    ]) {
      const text = textOf(proof, name);
      const where = `${pointer}/${name}`;
      if (text)
        add(`proof.${name}`, where, text, dates.parse(text, false, where), opens);
    }
  }
  return bounds;
}

function noteOf(bounds) {
  const by = (opens) =>
    bounds.filter((bound) => bound.opens === opens).sort((a, b) => a.moment - b.moment);
  const opens = by(true).at(-1);
  const [closes] = by(false);
  const start = opens ? `from ${opens.text.slice(0, 10)}` : "no start";
  return closes ? `${start}, until ${closes.text.slice(0, 10)}` : `${start}, no end`;
}

/** Names the words of 1.1 in a credential of 2.0: other readers overlook them. */
function olderWords(held, bounds) {
  if (held.kind !== "credential" || listed(get(held.document, "@context"))[0] !== V2)
    return [];
  return bounds
    .filter((bound) => ["issuanceDate", "expirationDate"].includes(bound.name))
    .map((bound) => ({
      type: "older-word",
      title: `${bound.name} is a word of VC 1.1, which 2.0 does not know`,
      instance: bound.instance,
      next: "other programs may pass over this date: ask the issuer for a corrected copy",
    }));
}

const expired = (bound) => ({
  type: "expired",
  title: `expired on ${bound.text} (${bound.name})`,
  instance: bound.instance,
  next: "ask the issuer whether it can be renewed",
});

const notYet = (bound) => ({
  type: "not-yet-valid",
  title: `not valid before ${bound.text} (${bound.name})`,
  instance: bound.instance,
  next: "come back then; if your clock is wrong, set it",
});
