/**
 * Which statements does a JSON-LD document make? Straight from the tree.
 *
 * JSON-LD 1.1 API sections 5.1 (expansion) and 8.1 (deserialisation to RDF) in one
 * walk: there is no expanded form and no node map, because every member emits its
 * statements on the way. What has no meaning under the contexts emits none and is
 * noted. Members that are keywords (`@graph`, `@nest`, `@reverse` and the like) stand
 * in no credential that is written with terms: of them this page says that it cannot
 * tell.
 */
import { isValue, literalOf } from "./expand_values.js";
import { invalid } from "./failure.js";
import { byCodePoint, isAbsolute, tooComplex, undecided } from "./iri.js";
import { RDF, TO_IRI, TO_VOCAB, jsonLiteral, scalarLiteral } from "./literals.js";
import { enter } from "./local_context.js";
import { has, isObject, listed } from "./members.js";
import { Statements } from "./statements.js";
import * as kinds from "./term_entries.js";

const TYPE = ` <${RDF}type> `;
const MAX_STATEMENTS = 100000;
const MAX_UNDEFINED = 1000;
const EMPTY_GRAPH = "a graph, such as a proof or a credential, that states nothing";

/**
 * One walk over one document.
 *
 * `out` has the statements; `undefined` is what made none: `{container, member, text,
 * kind}`; `spot` the place of the failure that was thrown; `urls` the contexts used.
 */
export class Walk {
  /** @param {import("./contexts.js").Contexts} contexts */
  constructor(contexts) {
    this.contexts = contexts;
    this.out = new Statements();
    this.undefined = [];
    this.urls = new Set();
    this.spot = null;
  }

  /**
   * Walks through one object.
   * @param {Object} element
   * @param {import("./active_context.js").ActiveContext} around In force around it,
   *     after reverting and scoping.
   * @param {?string} name The member whose value it is, null in a graph.
   * @returns {?string} What it stands for: a resource or literal, `""` if it is a
   *     resource without an absolute IRI, null if nothing.
   */
  element(element, around, name) {
    const typed = has(element, "@context") ? enter(this, element, around) : around;
    const { context, resources } = this.types(element, typed);
    if (isValue(element)) return literalOf(this, element, context, typed, name);
    const { size } = this.out;
    const subject = this.subject(element, context);
    this.members(element, context, subject, resources);
    if (name === null && subject && size === this.out.size) {
      // Nothing is stated about it; a relative identifier was noted when it was read.
      for (const alias of typed.idNames) {
        if (has(element, alias)) this.note(element, alias, element[alias], "iri");
      }
    }
    return subject;
  }

  /** Emits the statements that the types and members of a node object make. */
  members(element, context, subject, types) {
    const { out } = this;
    if (out.size > MAX_STATEMENTS) throw tooComplex();
    for (const resource of types) out.emit(subject, TYPE, out.labelled(resource));
    for (const [name, value] of Object.entries(element)) {
      let entry = context.entry(name);
      if (entry.kind === kinds.DISGUISED) {
        this.note(element, name, name, "disguise");
        entry = kinds.entryOf(context, name);
      }
      const place = { element, name, entry, context };
      if (entry.kind === kinds.UNDEFINED) {
        this.note(element, name, name, "term");
      } else if (entry.kind === kinds.KEYWORD) {
        this.mark(element, name, null);
        throw undecided(`${entry.predicate} as a member`);
      } else if (entry.kind !== kinds.SKIP) {
        this.state(subject, value, place);
      }
    }
  }

  /** States a member of the subject, as its container demands. */
  state(subject, value, place) {
    const { kind, predicate } = place.entry;
    if (kind === kinds.GRAPH) {
      for (const item of flat(value)) {
        this.out.emit(subject, predicate, this.namedGraph(item, place));
      }
      return;
    }
    let found;
    if (kind === kinds.JSON_VALUE) found = [jsonLiteral(value)];
    else if (kind === kinds.LIST) found = this.list(value, place);
    else found = this.objects(value, place);
    if (found.length > MAX_STATEMENTS) throw tooComplex();
    for (const item of found) this.out.emit(subject, predicate, item);
  }

  list(value, place) {
    if (value === null) return [];
    const items = this.listItems(listed(value), place);
    if (!items.length && !Array.isArray(value)) {
      throw undecided("a list of null or of a set");
    }
    return [this.out.makeList(items)];
  }

  /** Finds what the entries of a list stand for; an array in it is a list again. */
  listItems(values, place) {
    return values.flatMap((value) =>
      Array.isArray(value)
        ? this.out.makeList(this.listItems(value, place))
        : this.objects(value, place),
    );
  }

  /** Puts one object into a graph of its own, which is named by what this returns. */
  namedGraph(item, { entry, context }) {
    const name = this.out.newBlank();
    if (!isObject(item)) throw undecided(EMPTY_GRAPH);
    const inner = this.below(item, context, entry.scoped);
    const { size } = this.out;
    const found = this.out.within(name, () => this.element(item, inner, null));
    if (found === null) return "";
    // Programs differ on whether there is a graph at all.
    if (size === this.out.size && !hasMembers(item, inner)) throw undecided(EMPTY_GRAPH);
    return name;
  }

  /**
   * Finds what a value stands for, arrays flattened.
   * @param {*} value Any JSON.
   * @param {{element: Object, name: string, entry: Object, context: Object}} place The
   *     object that has the member, the member's name, what it means, and the context
   *     in force.
   * @returns {string[]} Resources and literals; `""` for a resource without an IRI.
   */
  objects(value, place) {
    if (Array.isArray(value)) return value.flatMap((item) => this.objects(item, place));
    if (value === null) return [];
    if (!isObject(value)) return [this.scalar(value, place)];
    const inner = this.below(value, place.context, place.entry.scoped);
    const found = this.element(value, inner, place.name);
    return found === null ? [] : [found];
  }

  /** Expands a string, number or boolean (API section 5.3). */
  scalar(value, { element, name, entry, context }) {
    if (typeof value === "string") {
      const inner = entry.scoped === null ? context : entry.scoped.values;
      if (entry.coercion === TO_IRI || entry.coercion === TO_VOCAB) {
        const resource =
          entry.coercion === TO_IRI
            ? this.iri(value, inner)
            : this.out.labelled(inner.nameIri(value));
        if (!resource) this.note(element, name, value, "iri");
        return resource;
      }
    } else if (!["number", "bigint", "boolean"].includes(typeof value)) {
      throw this.fault("something that is no JSON", element, name);
    }
    return scalarLiteral(value, entry.coercion, entry.suffix);
  }

  /** Chooses the context for an object under a term (section 5.1.2, 7 and 8). */
  below(value, context, scoped) {
    const { values, nodes, reverted } = scoped ?? { values: context, nodes: context };
    const { previous } = values;
    if (previous === null) return nodes;
    const names = Object.keys(value);
    if (names.length <= 2 && !has(value, "@context")) {
      for (const name of names.sort(byCodePoint)) {
        const keyword = values.expand(name);
        if (keyword === "@value" || (keyword === "@id" && names.length === 1)) {
          return nodes;
        }
      }
    }
    return reverted ?? previous;
  }

  /**
   * Expands an identifier, which may be a compact IRI but no term.
   * @returns {string} A resource, `""` if the identifier is relative.
   */
  iri(value, context) {
    const colon = value.indexOf(":");
    let iri = value;
    if (colon > 0 && !value.startsWith("//", colon + 1)) {
      iri = context.expandCompact(value);
      if (iri.startsWith("_:")) return this.out.labelled(iri);
    }
    return isAbsolute(iri) ? `<${iri}>` : "";
  }

  /** Notes that something made no statement. */
  note(container, member, text, kind) {
    if (this.undefined.length >= MAX_UNDEFINED) throw tooComplex();
    this.undefined.push({ container, member, text, kind });
  }

  /** Remembers where the failure stands that is about to be thrown. */
  mark(container, member, text) {
    this.spot = { container, member, text };
  }

  /** Makes the failure for a document that breaks a rule of JSON-LD. */
  fault(what, container, member) {
    this.mark(container, member, null);
    return invalid(`JSON-LD with an error: ${what}`, {
      type: "json-ld-error",
      next: "ask the issuer for a correct credential",
    });
  }

  subject(element, context) {
    let subject = null;
    for (const alias of context.idNames) {
      if (!has(element, alias)) continue;
      const value = element[alias];
      if (subject !== null) {
        throw this.fault("an object with two identifiers", element, alias);
      }
      if (typeof value !== "string") {
        throw this.fault("an identifier that is no text", element, alias);
      }
      subject = this.iri(value, context);
      if (!subject) this.note(element, alias, value, "iri");
    }
    return subject ?? this.out.newBlank();
  }

  /** Enters the contexts of an object's types, which are also returned. */
  types(element, context) {
    const names = context.typeNames.filter((name) => has(element, name));
    if (!names.length) return { context, resources: [] };
    const [alias] = names;
    const value = element[alias];
    if (value === null && isValue(element)) return { context, resources: [] };
    if (!listed(value).every((type) => typeof type === "string")) {
      throw this.fault("a type that is no text", element, alias);
    }
    const typed = context.types(value);
    if (names.length > 1) throw undecided("an object with two members that mean @type");
    if (typed.missing.length && !isValue(element)) {
      for (const type of typed.missing) this.note(element, alias, type, "type");
    }
    return typed;
  }
}

/** Tells whether an object has a type or a defined member beside its identifier. */
function hasMembers(item, context) {
  if (has(item, "@context")) return false;
  return Object.entries(item).some(([name, value]) => {
    if (context.typeNames.includes(name)) {
      return value !== null && !(Array.isArray(value) && !value.length);
    }
    if (value === null || isObject(value)) return false;
    const { kind } = context.entry(name);
    return kind !== kinds.SKIP && kind !== kinds.UNDEFINED;
  });
}

function flat(value) {
  if (Array.isArray(value)) return value.flatMap(flat);
  return value === null ? [] : [value];
}
