/**
 * How is a JSON value written as an RDF literal, in canonical N-Quads?
 *
 * JSON-LD 1.1 API section 8.4 (object to RDF), RDF Dataset Canonicalization section 5
 * (escapes). Exactly as the command line writes it.
 */
import { undecided } from "./iri.js";
import { canonicalize } from "./jcs.js";

export const XSD = "http://www.w3.org/2001/XMLSchema#";
export const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/** What a plain string becomes; see `term_entries.js`. */
export const LITERAL = 0;
export const TO_IRI = 1;
export const TO_VOCAB = 2;
export const TYPED = 3;
// Differs from TYPED only in that programs bring even strings of that type into the
// canonical form of a double.
export const TYPED_DOUBLE = 4;
export const TO_JSON = 5;

const ESCAPES = new Map([
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ['"', '\\"'],
  ["\\", "\\\\"],
]);

/** @param {string} text @returns {string} In quotes, with the escapes of N-Quads. */
export const quote = (text) => `"${text.replace(/["\\\x00-\x1f\x7f]/g, escaped)}"`;

const escaped = (character) =>
  ESCAPES.get(character) ??
  `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/**
 * Writes a string, number or boolean as a literal.
 * @param {string|number|bigint|boolean} value
 * @param {number} coercion How its term coerces.
 * @param {string} suffix What follows a string of that term.
 * @returns {string}
 */
export function scalarLiteral(value, coercion, suffix) {
  if (coercion === TO_JSON) return jsonLiteral(value);
  if (typeof value === "string") {
    if (coercion === TYPED_DOUBLE) return `"${doubleOfText(value)}"${suffix}`;
    return quote(value) + suffix;
  }
  let text;
  let type;
  if (typeof value === "boolean") {
    [text, type] = [String(value), "boolean"];
  } else if (coercion === TYPED_DOUBLE) {
    [text, type] = [double(Number(value)), "double"];
  } else {
    [text, type] = number(value);
  }
  const isTyped = coercion === TYPED || coercion === TYPED_DOUBLE;
  return `"${text}"${isTyped ? suffix : `^^<${XSD}${type}>`}`;
}

/** @param {*} value Any JSON. @returns {string} An `rdf:JSON` literal. */
export const jsonLiteral = (value) => `${quote(canonicalize(value))}^^<${RDF}JSON>`;

function number(value) {
  const nearest = Number(value);
  const isWhole = typeof value === "bigint" || Number.isInteger(value);
  if (isWhole && magnitude(value) < 10n ** 21n) {
    // The parser keeps an integer as a BigInt where no double is exactly that.
    if (typeof value === "bigint" && BigInt(nearest) !== value) {
      throw undecided("a number that JavaScript cannot hold");
    }
    return [BigInt(nearest).toString(), "integer"];
  }
  return [double(nearest), "double"];
}

const magnitude = (value) => {
  const whole = BigInt(value);
  return whole < 0n ? -whole : whole;
};

/** Writes the canonical form of `xsd:double` as JSON-LD processors do. */
function double(value) {
  if (!Number.isFinite(value)) throw undecided("a number beyond every double");
  if (Object.is(value, -0)) throw undecided("the number minus zero");
  const [mantissa, exponent] = sixteenDigits(value).split("e");
  const [whole, fraction] = mantissa.split(".");
  return `${whole}.${fraction.replace(/0+$/, "") || "0"}E${Number(exponent)}`;
}

/** Sixteen digits; what lies in the middle goes to the even one, not to the larger. */
function sixteenDigits(value) {
  const [all, exponent] = value.toExponential(100).split("e");
  const kept = all.slice(0, all.indexOf(".") + 16);
  return /^50*$/.test(all.slice(kept.length)) && /[02468]$/.test(kept)
    ? `${kept}e${exponent}`
    : value.toExponential(15);
}

const DECIMAL = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

function doubleOfText(text) {
  if (!DECIMAL.test(text) || (text[0] === "-" && Number(text) === 0)) {
    throw undecided(`the double '${text.slice(0, 40)}'`);
  }
  return double(Number(text));
}
