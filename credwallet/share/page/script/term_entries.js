/**
 * What can a member name mean under a context, in a form that is quick to use?
 *
 * An entry has `kind` (what is done with the member's value), `predicate` (an IRI in
 * angle brackets between spaces; for KEYWORD the keyword), `coercion`, `suffix`
 * (follows a string literal) and `scoped`: the contexts of values below a term that
 * brings its own, `values` for plain values, `nodes` for objects, `reverted` for
 * objects at which a type-scoped context ends.
 *
 * Only what the tables of the page need (`tables.py` refuses any other): no vocabulary,
 * no default language, no maps, no aliases but of `@id` and `@type`.
 */
import { KEYWORDS, isAbsolute, undecided } from "./iri.js";
import * as literals from "./literals.js";

/** Kinds of entries. */
export const PLAIN = "plain";
export const SKIP = "skip";
export const UNDEFINED = "undefined";
export const LIST = "@list";
export const GRAPH = "@graph";
export const JSON_VALUE = "@json";
export const KEYWORD = "keyword";
export const DISGUISED = "disguised";

const NOTHING = {};

const made = (kind, predicate = "", coercion = 0, suffix = "", scoped = null) => ({
  kind,
  predicate,
  coercion,
  suffix,
  scoped,
});

/** Works out what a member name means, and whether it is in disguise. */
export const makeEntry = (context, name) =>
  isDisguise(context, name) ? made(DISGUISED) : entryOf(context, name);

/**
 * Tells whether a name says what a term says that is there to say it.
 *
 * Statements made with it are signed, but whoever reads the term does not see them.
 */
function isDisguise(context, name) {
  if (name === "@id") return context.idNames.length > 1;
  if (name === "@type") return context.typeNames.length > 1;
  if (!name.includes(":") || context.terms.has(name)) return false;
  const expanded = context.expand(name);
  for (const term of context.terms.values()) if (term.id === expanded) return true;
  return false;
}

/** Works out what a member name means under a context, in disguise or not. */
export function entryOf(context, name) {
  if (name === "@context") return made(SKIP);
  const expanded = context.expand(name);
  if (expanded === "@id" || expanded === "@type") return made(SKIP);
  if (KEYWORDS.has(expanded)) return made(KEYWORD, expanded);
  if (expanded === null || !isAbsolute(expanded)) return made(UNDEFINED);
  if (expanded.startsWith("_:")) throw undecided("a member named by a blank node");
  const scoped = scope(context, name);
  const definition = context.terms.get(name) ?? NOTHING;
  const within = scoped === null ? context : scoped.values;
  const inner = within.terms.get(name) ?? NOTHING;
  const { container } = definition;
  if (inner !== NOTHING && `${inner.container}` !== `${container}`) {
    throw undecided(`term ${name.slice(0, 80)}, whose own context redefines it`);
  }
  if (definition.reverse || inner.reverse) throw undecided("a reverse term");
  const [coercion, suffix] = coercionOf(inner.type);
  let kind = definition.type === "@json" ? JSON_VALUE : PLAIN;
  if (container?.includes(LIST)) kind = LIST;
  if (container?.includes(GRAPH)) kind = GRAPH;
  return made(kind, ` <${expanded}> `, coercion, suffix, scoped);
}

function scope(context, name) {
  const layers = context.terms.get(name)?.context;
  if (layers === undefined) return null;
  const overriding = { mayOverride: true };
  const values = context.apply(layers, overriding);
  const again = values.terms.get(name)?.context;
  let nodes = values;
  if (again !== undefined && fingerprint(again) !== fingerprint(layers)) {
    nodes = values.apply(again, overriding);
  }
  let reverted = nodes;
  if (values.previous !== null) {
    reverted = values.previous;
    if (again !== undefined) reverted = reverted.apply(again, overriding);
  }
  return { values, nodes, reverted };
}

const known = new WeakMap();

/** Writes definitions or layers so that equal ones give equal texts. */
export function fingerprint(value) {
  let text = known.get(value);
  if (text === undefined) {
    text = JSON.stringify(value, (_, part) => {
      if (part instanceof Map) return [...part].sort();
      const isObject = part !== null && typeof part === "object" && !Array.isArray(part);
      return isObject ? Object.entries(part).sort() : part;
    });
    known.set(value, text);
  }
  return text;
}

function coercionOf(type) {
  switch (type) {
    case undefined:
      return [literals.LITERAL, ""];
    case "@id":
      return [literals.TO_IRI, ""];
    case "@vocab":
      return [literals.TO_VOCAB, ""];
    case "@json":
      return [literals.TO_JSON, ""];
    default:
      return datatype(type);
  }
}

/** @returns {[number, string]} How a type coerces, and how it is written in N-Quads. */
export function datatype(type) {
  if (type === `${literals.RDF}langString`) {
    throw undecided("a text with the datatype of a language and no language");
  }
  const isDouble = type === `${literals.XSD}double`;
  return [
    isDouble ? literals.TYPED_DOUBLE : literals.TYPED,
    type === `${literals.XSD}string` ? "" : `^^<${type}>`,
  ];
}
