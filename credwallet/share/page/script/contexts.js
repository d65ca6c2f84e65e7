/**
 * Which JSON-LD contexts are known? Those that the page brings along, compiled.
 *
 * A context is never fetched.
 */
import { ActiveContext } from "./active_context.js";
import { fromBase64 } from "./bytes.js";
import { undetermined } from "./failure.js";

/** The known contexts, with everything worked out about them so far. */
export class Contexts {
  /**
   * @param {Object<string, string>} index Name of a table by address.
   * @param {Object<string, Array>} tables Layers by name, as the command line keeps them.
   */
  constructor(index, tables) {
    this.tables = new Map();
    for (const [url, name] of Object.entries(index)) {
      this.tables.set(url, tables[name]);
    }
    Object.values(tables).forEach(prepare);
    this.initial = new ActiveContext(this, new Map());
  }

  /** @returns {boolean} Whether the page brings a context along. */
  knows(url) {
    return this.tables.has(url);
  }

  /** @returns {Array} The compiled context at an address. */
  layers(url) {
    if (!this.knows(url)) throw unknownContext(url);
    return this.tables.get(url);
  }

  /** @returns {Set<string>} Every term that a known context defines, at any depth. */
  termNames(url) {
    return defined(this.layers(url), new Set());
  }
}

/**
 * Unpacks the tables that `tables.py` packed.
 * @param {string} packed Base64 of raw deflate.
 * @returns {Promise<Contexts>}
 */
export async function loadContexts(packed) {
  const stream = new Blob([fromBase64(packed)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"));
  const { index, tables } = JSON.parse(await new Response(stream).text());
  return new Contexts(index, tables);
}

/** Makes the failure for a context that the page does not bring along. */
export const unknownContext = (url) =>
  undetermined(`context ${url.slice(0, 200)} is not known`, {
    type: "unknown-context",
    next: "verify this credential with credwallet and the document of its publisher",
  });

/** Names of terms come from documents: a Map has no names of its own. */
function prepare(layers) {
  for (const layer of layers) {
    if (layer === null || typeof layer === "string") continue;
    layer.terms = new Map(Object.entries(layer.terms));
    for (const { context } of layer.terms.values()) if (context) prepare(context);
  }
}

function defined(layers, names) {
  for (const layer of layers) {
    for (const [name, { context }] of layer?.terms ?? []) {
      names.add(name);
      if (context) defined(context, names);
    }
  }
  return names;
}
