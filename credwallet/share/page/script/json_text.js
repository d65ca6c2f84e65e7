/**
 * What does a proof over JSON text leave open that one over statements does not?
 *
 * VC Data Integrity 1.0 section 2.4.1, VC-JOSE-COSE section 3. The bytes are signed
 * whatever they mean, so contexts that are not known and members that say a thing twice
 * are looked for here.
 */
import { invalid } from "./failure.js";
import { get, has, isObject, many, shown } from "./members.js";

const TWICE = [
  ["id", "@id"],
  ["type", "@type"],
];

/**
 * Names what in a document may be read in two ways.
 * @returns {Array<Failure>}
 */
export function jsonFaults(document, contexts) {
  const found = statedTwice(document);
  many(get(document, "@context")).forEach((entry, index) => {
    const https = typeof entry === "string" && entry.startsWith("https://");
    if (
      isObject(entry) ||
      https ||
      (typeof entry === "string" && contexts.knows(entry))
    )
      return;
    found.push(
      invalid("a context is neither an https address nor an object", {
        type: "context-address",
        instance: `/@context/${index}`,
      }),
    );
  });
  return found;
}

/** Names the contexts that are not known: what they define, nobody here can tell. */
export const unknownContexts = (document, contexts) =>
  many(get(document, "@context"))
    .map((entry, index) => [`/@context/${index}`, entry])
    .filter(([, entry]) => typeof entry === "string" && !contexts.knows(entry))
    .slice(0, 20)
    .map(([instance, entry]) => ({
      type: "unknown-context",
      title: `the signature fits; context ${shown(entry)} is not known, so what its words mean was not checked`,
      instance,
      next: "check it with a program that has this context",
    }));

/** Finds the first object that has both a keyword of JSON-LD and the plain name. */
export function statedTwice(document) {
  const pending = [[document, ""]];
  while (pending.length) {
    const [value, pointer] = pending.pop();
    for (const [plain, keyword] of TWICE) {
      if (has(value, plain) && has(value, keyword)) {
        return [
          invalid(`an object states its ${plain} twice, as ${plain} and ${keyword}`, {
            type: "disguise",
            instance: `${pointer}/${keyword}`,
          }),
        ];
      }
    }
    for (const [name, member] of Object.entries(value)) {
      if (typeof member !== "object" || member === null) continue;
      pending.push([
        member,
        `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      ]);
    }
  }
  return [];
}
