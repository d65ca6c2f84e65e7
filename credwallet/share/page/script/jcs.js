/**
 * What is the one canonical form of this JSON value? RFC 8785 (JCS).
 *
 * The numbers and the order of names are those of ECMAScript, so there is little to do.
 */
import { isWellFormed } from "./bytes.js";
import { invalid } from "./failure.js";

// More than `strict_json.js` lets in.
const DEEPEST = 500;

/**
 * Serialises a JSON value canonically (section 3.2).
 * @param {*} value JSON as `strict_json.js` reads it.
 * @returns {string} To be written as UTF-8.
 */
export function canonicalize(value) {
  return write(value, 0);
}

function write(value, depth) {
  switch (typeof value) {
    case "string":
      if (!isWellFormed(value)) throw notIJson("half of a surrogate pair");
      return JSON.stringify(value);
    case "boolean":
      return String(value);
    case "number":
    case "bigint": {
      // An integer beyond 2**53 is the double it stands for (section 3.2.2.3).
      const number = Number(value);
      if (!Number.isFinite(number)) throw notIJson("a number that no double can hold");
      return JSON.stringify(number);
    }
    case "object":
      break;
    default:
      throw notIJson("something that is no JSON");
  }
  if (value === null) return "null";
  if (depth > DEEPEST) throw notIJson("something nested too deeply");
  if (Array.isArray(value)) {
    return `[${value.map((entry) => write(entry, depth + 1)).join(",")}]`;
  }
  const members = Object.keys(value)
    .sort()
    .map((name) => `${write(name, depth)}:${write(value[name], depth + 1)}`);
  return `{${members.join(",")}}`;
}

const notIJson = (what) =>
  invalid(`the canonical form of ${what} is not defined`, {
    type: "not-i-json",
    next: "ask the issuer for a credential in plain JSON",
  });
