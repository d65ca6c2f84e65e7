/** Where do the statements of a document go, and what are its blank nodes called? */
import { undecided } from "./iri.js";
import { RDF } from "./literals.js";

const FIRST = ` <${RDF}first> `;
const REST = ` <${RDF}rest> `;
const NIL = `<${RDF}nil>`;

/**
 * The statements made so far, and the graph that the next ones go to.
 *
 * `ground` are finished N-Quads without blank nodes; `blank` the others, taken apart
 * (subject, predicate between spaces, object, graph). `graph` is `""` for the default
 * one.
 */
export class Statements {
  constructor() {
    this.ground = [];
    this.blank = [];
    this.graph = "";
    // Cells of the lists that nothing refers to so far, by head.
    this.lists = new Map();
    this.labels = new Map();
    this.count = 0;
  }

  /** Prepares a list (API section 8.5), to be stated when its head is, and names it. */
  makeList(items) {
    if (!items.length) return NIL;
    const cells = items.map(() => this.newBlank());
    const rest = [...cells.slice(1), NIL];
    this.lists.set(
      cells[0],
      cells.map((cell, place) => [cell, items[place], rest[place]]),
    );
    return cells[0];
  }

  /** States the entries of a list whose head is an object of a statement. */
  stateList(head) {
    const cells = this.lists.get(head) ?? [];
    this.lists.delete(head);
    for (const [cell, item, rest] of cells) {
      if (!item) throw undecided("a list with an entry that has no absolute IRI");
      this.emit(cell, FIRST, item);
      this.emit(cell, REST, rest);
    }
  }

  /** Makes one statement, unless one of its parts stands for nothing. */
  emit(subject, predicate, value) {
    if (!subject || !value) return;
    if (subject[0] === "_" || value[0] === "_" || this.graph[0] === "_") {
      this.blank.push([subject, predicate, value, this.graph]);
      if (this.lists.has(value)) this.stateList(value);
    } else {
      const end = this.graph && ` ${this.graph}`;
      this.ground.push(`${subject}${predicate}${value}${end} .\n`);
    }
  }

  /** Sends statements to a named graph while something is done. */
  within(name, act) {
    const before = this.graph;
    this.graph = name;
    const found = act();
    this.graph = before;
    return found;
  }

  /** @returns {number} How many statements were made so far. */
  get size() {
    return this.ground.length + this.blank.length;
  }

  /** @returns {string} A label that no other blank node has. */
  newBlank() {
    this.count += 1;
    return `_:b${this.count}`;
  }

  /** Replaces the label that the document gave to a blank node by one of ours. */
  labelled(resource) {
    if (resource[0] !== "_") return resource;
    if (!this.labels.has(resource)) this.labels.set(resource, this.newBlank());
    return this.labels.get(resource);
  }
}
