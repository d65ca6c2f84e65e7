/**
 * What does a value object stand for? JSON-LD 1.1 API section 5.1.2, 13.4 and 14.
 */
import { KEYWORDS, isAbsolute, isLanguageTag, undecided } from "./iri.js";
import * as literals from "./literals.js";
import { has } from "./members.js";
import { datatype } from "./term_entries.js";

const MEMBERS = ["@value", "@type", "@language", "@direction", "@index"];

/**
 * Tells whether an object is a value rather than a node.
 *
 * Lists and sets that are written out, and languages without a value, say in another
 * form what a term says: this page says of them that it cannot tell.
 */
export function isValue(element) {
  if (has(element, "@list") || has(element, "@set")) {
    throw undecided("a list or a set that is written out");
  }
  if (has(element, "@value")) return true;
  if (has(element, "@language")) throw undecided("a language without a text");
  return false;
}

/**
 * Finds the literal that a value object stands for, null if it stands for nothing.
 * @param {import("./expand.js").Walk} walk
 * @param {Object} element
 * @param {import("./active_context.js").ActiveContext} context For its members.
 * @param {import("./active_context.js").ActiveContext} typed For its type.
 * @param {?string} name The member whose value it is, null in a graph.
 * @returns {?string}
 */
export function literalOf(walk, element, context, typed, name) {
  const found = new Map();
  for (const key of Object.keys(element)) {
    if (key === "@context") continue;
    const keyword = context.expand(key);
    if (!KEYWORDS.has(keyword)) {
      if (keyword !== null && isAbsolute(keyword)) {
        throw walk.fault("a value with other members", element, key);
      }
      walk.note(element, key, key, "term");
    } else if (found.has(keyword)) {
      throw walk.fault(`${keyword} stands twice in an object`, element, key);
    } else {
      found.set(keyword, key);
    }
  }
  const fault = (what, keyword) => walk.fault(what, element, found.get(keyword));
  const get = (keyword) => (found.has(keyword) ? element[found.get(keyword)] : null);
  if (found.has("@index")) {
    if (typeof get("@index") !== "string") {
      throw fault("an index that is no text", "@index");
    }
    walk.note(element, found.get("@index"), get("@index"), "term");
  }
  const value = get("@value");
  if (name === null) walk.note(element, "@value", value, "term");
  if (![...found.keys()].every((keyword) => MEMBERS.includes(keyword))) {
    throw fault("a value with other members", "@value");
  }
  if (found.has("@type") && (found.has("@language") || found.has("@direction"))) {
    throw fault("a value with both a type and a language", "@value");
  }
  if (found.has("@direction") && !["ltr", "rtl"].includes(get("@direction"))) {
    throw fault("a direction that is none", "@direction");
  }
  const type = datatypeOf(get("@type"), typed, fault);
  if (type === "@json") return literals.jsonLiteral(value);
  const language = languageOf(get("@language"), fault);
  if (value === null) return null;
  if (typeof value === "object") {
    throw fault("a value that is no text, number or boolean", "@value");
  }
  if (type !== null) return literals.scalarLiteral(value, ...datatype(type));
  if (language && typeof value !== "string") {
    throw fault("a language for what is no text", "@value");
  }
  return literals.scalarLiteral(value, literals.LITERAL, language);
}

function datatypeOf(written, typed, fault) {
  if (written === null) return null;
  const type = typeof written === "string" ? typed.expand(written) : null;
  if (type === "@json") return type;
  if (type === null || !isAbsolute(type) || type.startsWith("_:")) {
    throw fault("a value whose type is no IRI", "@type");
  }
  return type;
}

function languageOf(written, fault) {
  if (written === null) return "";
  if (typeof written !== "string") throw fault("a language that is no text", "@language");
  if (!isLanguageTag(written)) throw undecided("a language tag that is none");
  return `@${written.toLowerCase()}`;
}
