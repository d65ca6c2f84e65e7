/**
 * Which statements does a JSON-LD document make, and what in it makes none?
 *
 * JSON-LD 1.1 API section 8 (deserialise JSON-LD to RDF) with contexts that are known
 * beforehand. What a program would drop in silence is named here, because no signature
 * over the statements covers it (VC Data Integrity 1.0 section 2.4.1).
 */
import { Walk } from "./expand.js";
import { Failure } from "./failure.js";
import { undecided } from "./iri.js";
import { has } from "./members.js";
import { canonicalNQuads } from "./rdfc.js";

const MAX_DEPTH = 64;

/**
 * Something that makes no statement.
 *
 * `kind` is `term` (a member that no context defines, or a value that nothing refers
 * to), `type` (a type that is no absolute IRI), `iri` (an identifier that is none; if
 * it is the object's own, nothing that the object says about itself is stated either)
 * or `disguise` (a member that does make its statement, but says by another name, or
 * out of its place, what a term says, so that whoever reads the plain members does not
 * see it).
 * @typedef {{pointer: string, term: string, kind: string}} Undefined
 */

/**
 * Writes the statements of a JSON-LD document canonically.
 * @param {Object} document A credential without its proof, or the options of a proof with
 *     the credential's `@context`, as `strict_json.js` reads them.
 * @param {import("./contexts.js").Contexts} contexts
 * @param {"sha256"|"sha384"} [hashName] `sha384` for ECDSA with P-384.
 * @returns {Promise<{nquads: string, undefined: Undefined[]}>}
 */
export async function canonical(document, contexts, hashName = "sha256") {
  const paths = locate(document);
  const walk = new Walk(contexts);
  try {
    walk.element(document, contexts.initial, null);
  } catch (failure) {
    if (failure instanceof Failure && walk.spot !== null) {
      failure.instance = pointerTo(walk.spot, paths);
    }
    throw failure;
  }
  return {
    nquads: canonicalNQuads(walk.out, hashName),
    undefined: walk.undefined.map((spot) => ({
      pointer: pointerTo(spot, paths),
      term: termOf(spot.text),
      kind: spot.kind,
    })),
  };
}

/** Finds the path of every object and array; nothing may be nested beyond bounds. */
function locate(document) {
  const paths = new Map([[document, []]]);
  // Grows while it is walked through.
  for (const [value, path] of paths) {
    if (path.length > MAX_DEPTH) throw undecided("a document nested too deeply");
    for (const [name, member] of Object.entries(value)) {
      if (member !== null && typeof member === "object") {
        paths.set(member, [...path, name]);
      }
    }
  }
  return paths;
}

// Not a text if a value stands where nothing refers to it.
const termOf = (text) =>
  text !== null && typeof text === "object" ? "..." : String(text);

function pointerTo({ container, member, text }, paths) {
  const path = [...(paths.get(container) ?? [])];
  if (member || has(container, member)) {
    path.push(member);
    const value = container[member];
    const place = Array.isArray(value) && text !== null ? value.indexOf(text) : -1;
    if (place >= 0) path.push(place);
  }
  return path
    .map((name) => `/${`${name}`.replace(/~/g, "~0").replace(/\//g, "~1")}`)
    .join("");
}
