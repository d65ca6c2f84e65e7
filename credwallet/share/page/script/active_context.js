/**
 * What do the members of this object mean here? Active contexts, made once and kept.
 *
 * JSON-LD 1.1 API section 4.1 (context processing, on compiled layers) and 5.2 (IRI
 * expansion). Layers and definitions come from the command line, which describes them
 * in `canon/context_compiler.py`. Where a layer would have to be compiled again for
 * other names around it, this page says that it cannot tell.
 */
import { invalid } from "./failure.js";
import { KEYWORDS, byCodePoint, isAbsolute, looksLikeKeyword, undecided } from "./iri.js";
import { fingerprint, makeEntry } from "./term_entries.js";

// So many names are remembered per active context; more is no credential but an attack.
const MEMORY = 2048;
const MAX_CHAIN = 16;

/** The terms in force at one place of a document, immutable but for its memory. */
export class ActiveContext {
  /**
   * @param {import("./contexts.js").Contexts} library Where addresses are looked up.
   * @param {Map<string, object>} terms Definitions by term.
   * @param {Map<string, string>} [aliases] Keyword by term, for the terms that are
   *     keywords.
   */
  constructor(library, terms, aliases = new Map()) {
    this.library = library;
    this.terms = terms;
    this.aliases = aliases;
    this.previous = null;
    this.entries = new Map();
    this.names = new Map();
    this.typed = new Map();
    this.local = new Map();
    this.idNames = this.namesOf("@id");
    this.typeNames = this.namesOf("@type");
  }

  namesOf(keyword) {
    const own = [...this.aliases.keys()].filter(
      (name) => this.aliases.get(name) === keyword,
    );
    return [...own, keyword];
  }

  /** Says what a member of that name means here. */
  entry(name) {
    return remembered(this.entries, name, () => makeEntry(this, name));
  }

  /**
   * Expands a type, or a value of a term of type `@vocab`.
   * @returns {string} The IRI in angle brackets, a blank node label, or `""`.
   */
  nameIri(name) {
    return remembered(this.names, name, () => {
      const iri = this.expand(name);
      if (iri?.startsWith("_:")) return iri;
      return iri !== null && isAbsolute(iri) ? `<${iri}>` : "";
    });
  }

  /**
   * Expands a term or a compact IRI (section 5.2).
   * @returns {?string} An IRI, a keyword, null, or the name itself if nothing is known.
   */
  expand(name) {
    if (KEYWORDS.has(name)) return name;
    if (looksLikeKeyword(name)) return null;
    const definition = this.terms.get(name);
    if (definition !== undefined) return definition.id;
    const expanded = this.expandCompact(name);
    // Fails where programs disagree.
    if (expanded === name) isAbsolute(name);
    return expanded;
  }

  /** Expands a compact IRI; anything else is returned as it is. */
  expandCompact(name) {
    const colon = name.indexOf(":");
    const prefix = name.slice(0, colon);
    if (colon > 0 && prefix !== "_" && !name.startsWith("//", colon + 1)) {
      const definition = this.terms.get(prefix);
      if (definition?.prefix) return definition.id + name.slice(colon + 1);
    }
    return name;
  }

  /**
   * Enters the type-scoped contexts of a node (section 5.1.2, step 11).
   * @param {string|string[]} types The value of its `@type`, as written.
   * @returns {{context: ActiveContext, resources: string[], missing: string[]}} The
   *     context for its members, its types as resources, and those without meaning.
   */
  types(types) {
    return remembered(this.typed, JSON.stringify(types), () => {
      const written = typeof types === "string" ? [types] : types;
      let context = this;
      for (const name of [...written].sort(byCodePoint)) {
        const layers = this.terms.get(name)?.context;
        if (layers !== undefined) context = context.apply(layers, { propagate: false });
      }
      const resources = written.map((name) => this.nameIri(name));
      const missing = written.filter((name, place) => !resources[place]);
      if (JSON.stringify(context.typeNames) !== JSON.stringify(this.typeNames)) {
        throw undecided("a type whose context gives @type another name");
      }
      return { context, resources: resources.filter(Boolean), missing };
    });
  }

  /** Enters the context documents that a `@context` member names. */
  urls(urls) {
    return remembered(this.local, JSON.stringify(urls), () =>
      urls.reduce((context, url) => context.apply([url]), this),
    );
  }

  /**
   * Processes a compiled context (API section 4.1.2).
   * @param {Array} layers
   * @param {{mayOverride?: boolean, propagate?: boolean, depth?: number}} [how] Whether
   *     protected terms may be redefined, as in a property-scoped context; whether the
   *     context stays in force below the next node; how many addresses led here.
   * @returns {ActiveContext}
   */
  apply(layers, { mayOverride = false, propagate = true, depth = 0 } = {}) {
    let previous = this.previous;
    if (previous === null && !propagate) previous = this;
    let result = this;
    for (const layer of layers) {
      if (layer === null) {
        if (!mayOverride) result.checkNothingProtected();
        result = new ActiveContext(this.library, new Map());
        previous = propagate ? null : this;
      } else if (typeof layer === "string") {
        if (depth > MAX_CHAIN) throw undecided("contexts that name one another");
        const inner = this.library.layers(layer);
        result = result.apply(inner, { mayOverride, depth: depth + 1 });
      } else {
        result.checkNeeds(layer);
        result = result.withLayer(layer, mayOverride);
      }
    }
    if (previous !== result.previous) {
      if (result === this) result = result.withLayer({ terms: new Map() }, true);
      result.previous = previous;
    }
    return result;
  }

  checkNothingProtected() {
    for (const [name, definition] of this.terms) {
      if (definition.protected) throw isProtected(name);
    }
  }

  checkNeeds(layer) {
    for (const [name, expected] of Object.entries(layer.needs ?? {})) {
      const found = this.terms.get(name);
      const here = found === undefined ? null : [found.id, Boolean(found.prefix)];
      if (JSON.stringify(here) !== JSON.stringify(expected)) {
        throw undecided("a context that relies on names which another one changes");
      }
    }
  }

  withLayer(layer, mayOverride) {
    const terms = new Map(this.terms);
    let aliases = this.aliases;
    for (const [name, definition] of layer.terms) {
      const before = this.terms.get(name);
      if (before?.protected && !mayOverride) {
        // The same again stays protected; anything else is refused.
        const wanted = definition.protected
          ? definition
          : { ...definition, protected: true };
        if (fingerprint(wanted) !== fingerprint(before)) throw isProtected(name);
      } else {
        terms.set(name, definition);
      }
      const isKeyword = definition.id?.[0] === "@";
      if (isKeyword || aliases.has(name)) {
        aliases = new Map(aliases);
        aliases.delete(name);
        if (isKeyword && !KEYWORDS.has(name)) aliases.set(name, definition.id);
      }
    }
    const made = new ActiveContext(this.library, terms, aliases);
    made.previous = this.previous;
    return made;
  }
}

function remembered(memory, key, make) {
  let found = memory.get(key);
  if (found === undefined) {
    found = make();
    if (memory.size < MEMORY) memory.set(key, found);
  }
  return found;
}

const isProtected = (name) =>
  invalid(`a context changes the protected term ${name.slice(0, 80)}`, {
    type: "protected-term",
    next: "ask the issuer: no program may accept this credential",
  });
