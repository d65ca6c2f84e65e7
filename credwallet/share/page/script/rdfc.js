/**
 * What are the canonical N-Quads of these statements? RDFC-1.0.
 *
 * RDF Dataset Canonicalization (W3C Recommendation, 21 May 2024). The cost of hostile
 * datasets is exponential (section 7.1), so the work is counted and limited, by the
 * count of the command line.
 */
import { isWellFormed } from "./bytes.js";
import { sha256Hex, sha384Hex } from "./digest.js";
import { invalid } from "./failure.js";
import { byCodePoint, tooComplex } from "./iri.js";

const MAX_BLANK_NODES = 4096;
// So many blank nodes in a row that only differ by what is beyond them.
const MAX_DEPTH = 256;
// One unit is one blank node looked at while hashing. SHA-384 takes ten times as long.
const HASHES = {
  sha256: { hash: sha256Hex, limit: 150000 },
  sha384: { hash: sha384Hex, limit: 15000 },
};

/**
 * Serialises statements canonically (section 4.4).
 * @param {{ground: string[], blank: string[][]}} quads Finished lines without blank
 *     nodes, and the others taken apart: subject, predicate between spaces, object, graph.
 * @param {"sha256"|"sha384"} [hashName]
 * @returns {string} Canonical N-Quads, every line with its line feed.
 */
export function canonicalNQuads(quads, hashName = "sha256") {
  const labels = canonicalLabels(quads.blank, hashName);
  // Only blank nodes start with an underscore, so nothing else is replaced.
  const name = (term) => labels.get(term) ?? term;
  const lines = new Set(quads.ground);
  for (const [subject, predicate, value, graph] of quads.blank) {
    const end = graph && ` ${name(graph)}`;
    lines.add(`${name(subject)}${predicate}${name(value)}${end} .\n`);
  }
  const text = sorted([...lines]).join("");
  if (!isWellFormed(text)) {
    throw invalid("a text holds half of a surrogate pair", {
      type: "not-i-json",
      next: "ask the issuer for a correct credential",
    });
  }
  return text;
}

/**
 * Issues the canonical label of every blank node (section 4.4.3, steps 2 to 5).
 * @param {string[][]} blank As in `canonicalNQuads`.
 * @param {"sha256"|"sha384"} [hashName]
 * @returns {Map<string, string>} `_:c14n0` and so on, by the label in the statements.
 */
export function canonicalLabels(blank, hashName = "sha256") {
  const nodes = new Map();
  const add = (label, quad) => {
    if (!nodes.has(label)) nodes.set(label, []);
    nodes.get(label).push(quad);
  };
  for (const quad of new Map(blank.map((parts) => [parts.join("\n"), parts])).values()) {
    const labels = [quad[0], quad[2], quad[3]].filter((term) => term[0] === "_");
    for (const label of new Set(labels)) add(label, quad);
  }
  if (nodes.size < 2) return new Map([...nodes.keys()].map((one) => [one, "_:c14n0"]));
  if (nodes.size > MAX_BLANK_NODES) throw tooComplex();
  return new Canonicalizer(nodes, HASHES[hashName]).run();
}

class Canonicalizer {
  constructor(nodes, { hash, limit }) {
    this.nodes = nodes;
    this.hash = hash;
    this.work = limit;
    this.depth = 0;
    this.first = new Map();
    this.issued = new Map();
    // Hashes of related blank nodes, by what is hashed.
    this.related = new Map();
  }

  run() {
    const byHash = new Map();
    for (const label of this.nodes.keys()) {
      const digest = this.firstDegree(label);
      if (!byHash.has(digest)) byHash.set(digest, []);
      byHash.get(digest).push(label);
    }
    const groups = [...byHash.keys()].sort().map((digest) => byHash.get(digest));
    for (const labels of groups) if (labels.length === 1) this.issue(labels[0]);
    for (const labels of groups) if (labels.length > 1) this.issueAlike(labels);
    return this.issued;
  }

  issue(label) {
    if (!this.issued.has(label)) this.issued.set(label, `_:c14n${this.issued.size}`);
  }

  issueAlike(labels) {
    const paths = labels
      // A label may have been issued on the way through another group.
      .filter((label) => !this.issued.has(label))
      .map((label) => this.nDegree(label, new Map([[label, "_:b0"]])));
    // Equal hashes are automorphic, so their order does not show.
    paths.sort((one, other) => byCodePoint(one.digest, other.digest));
    for (const { issuer } of paths) for (const label of issuer.keys()) this.issue(label);
  }

  /** Hash First Degree Quads (section 4.6). */
  firstDegree(node) {
    const called = (term) => {
      if (term[0] !== "_") return term;
      return term === node ? "_:a" : "_:z";
    };
    const lines = this.nodes.get(node).map(([subject, predicate, value, graph]) => {
      const end = graph && ` ${called(graph)}`;
      return `${called(subject)}${predicate}${called(value)}${end} .\n`;
    });
    this.spend(lines.length);
    const digest = this.hash(sorted(lines).join(""));
    this.first.set(node, digest);
    return digest;
  }

  /** Groups the blank nodes beside one by their hash (sections 4.7 and 4.8.3). */
  relatedHashes(node, issuer) {
    const groups = new Map();
    for (const [subject, predicate, value, graph] of this.nodes.get(node)) {
      for (const [position, label] of [
        [`s${predicate.slice(1, -1)}`, subject],
        [`o${predicate.slice(1, -1)}`, value],
        ["g", graph],
      ]) {
        if (label === node || label[0] !== "_") continue;
        const name =
          this.issued.get(label) ?? issuer.get(label) ?? this.first.get(label);
        const hashed = position + name;
        let digest = this.related.get(hashed);
        if (digest === undefined) {
          digest = this.hash(hashed);
          this.related.set(hashed, digest);
        }
        if (!groups.has(digest)) groups.set(digest, []);
        groups.get(digest).push(label);
      }
    }
    this.spend(this.nodes.get(node).length);
    return groups;
  }

  /** Hash N-Degree Quads (section 4.8); the issuer given is used up. */
  nDegree(node, given) {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw tooComplex();
    let issuer = given;
    const groups = this.relatedHashes(node, issuer);
    const hashed = [];
    for (const digest of [...groups.keys()].sort()) {
      hashed.push(digest);
      let chosenPath = "";
      let chosen = null;
      const labels = groups.get(digest);
      const distinct = new Set(labels).size;
      for (const order of orders(labels, distinct)) {
        const copy = distinct === 1 ? issuer : new Map(issuer);
        const [path, reached] = this.follow(order, copy, chosenPath);
        if (reached !== null && (chosen === null || path < chosenPath)) {
          chosenPath = path;
          chosen = reached;
        }
      }
      hashed.push(chosenPath);
      if (chosen !== null) issuer = chosen;
    }
    this.depth -= 1;
    return { digest: this.hash(hashed.join("")), issuer };
  }

  /** Names the nodes in this order; no issuer once the path is worse than the best. */
  follow(order, given, best) {
    this.spend(order.length);
    let issuer = given;
    let path = "";
    const isWorse = () => best && path.length >= best.length && path > best;
    const unnamed = [];
    for (const label of order) {
      let name = this.issued.get(label) ?? issuer.get(label);
      if (name === undefined) {
        name = `_:b${issuer.size}`;
        issuer.set(label, name);
        unnamed.push(label);
      }
      path += name;
      if (isWorse()) return [path, null];
    }
    for (const label of unnamed) {
      const found = this.nDegree(label, issuer);
      issuer = found.issuer;
      path += `${issuer.get(label)}<${found.digest}>`;
      if (isWorse()) return [path, null];
    }
    return [path, issuer];
  }

  spend(units) {
    this.work -= units;
    if (this.work < 0) throw tooComplex();
  }
}

/**
 * Every order of the labels once, though labels may be equal: a node is listed once for
 * each statement that it shares with the other one.
 */
function* orders(labels, distinct) {
  if (distinct === 1) yield labels;
  else if (distinct === labels.length) yield* permutations(labels);
  else yield* distinctOrders([...labels].sort());
}

function* permutations(labels) {
  if (labels.length < 2) {
    yield labels;
    return;
  }
  for (const [place, label] of labels.entries()) {
    const others = [...labels.slice(0, place), ...labels.slice(place + 1)];
    for (const order of permutations(others)) yield [label, ...order];
  }
}

/** Steps from each order to the next one in alphabetical order. */
function* distinctOrders(order) {
  const last = order.length - 1;
  for (;;) {
    yield [...order];
    let pivot = last - 1;
    while (pivot >= 0 && order[pivot] >= order[pivot + 1]) pivot -= 1;
    if (pivot < 0) return;
    let swap = last;
    while (order[swap] <= order[pivot]) swap -= 1;
    [order[pivot], order[swap]] = [order[swap], order[pivot]];
    order.push(...order.splice(pivot + 1).reverse());
  }
}

/** Sorts lines by code points; without surrogates ECMAScript's own order is the same. */
const sorted = (lines) =>
  lines.sort(/[\ud800-\udfff]/.test(lines.join("")) ? byCodePoint : undefined);
