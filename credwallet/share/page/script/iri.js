/**
 * What kind of name is this: a keyword, an absolute IRI, or something else?
 *
 * JSON-LD 1.1 section 1.7 (keywords), RFC 3986 section 4.3 (absolute IRIs) as JSON-LD
 * processors read it.
 */
import { undetermined } from "./failure.js";

/** The keywords of JSON-LD 1.1 and of framing. */
export const KEYWORDS = new Set(
  (
    "@base @container @context @default @direction @embed @explicit @first @graph @id " +
    "@import @included @index @json @language @list @nest @none @omitDefault @preserve " +
    "@propagate @protected @requireAll @reverse @set @type @value @version @vocab"
  ).split(" "),
);

// No character that N-Quads forbids in an IRI, and no white space of any alphabet.
const ODD =
  '\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\xa0<>"{}|^`\\\\' +
  "\\u1680\\u180e\\u2000-\\u200b\\u2028-\\u202f\\u205f\\u3000\\ufeff";
const SCHEME = "(?:[A-Za-z][A-Za-z0-9+,\\-.]*|_):";
const STARTS = new RegExp(`^${SCHEME}`, "u");
const HAS_ODD = new RegExp(`[${ODD}]`, "u");
const CLEAN = new RegExp(`^${SCHEME}[^${ODD}\\t\\n\\r ]*$`, "u");

/** Makes the failure for what is not supported, or programs understand differently. */
export const undecided = (what) =>
  undetermined(`not supported: ${what}`, {
    type: "unsupported-json-ld",
    next: "verify this credential with other software",
  });

/** Makes the failure for a document that is more than can be checked. */
export const tooComplex = () =>
  undetermined("the credential is too complex to be checked", {
    type: "too-complex",
    next: "ask the issuer: no ordinary credential looks like this",
  });

/** @returns {boolean} Whether a name is reserved and ignored (section 1.7). */
export const looksLikeKeyword = (name) => /^@[A-Za-z]+$/.test(name);

/** @returns {boolean} Whether a text has the form of a BCP 47 tag. */
export const isLanguageTag = (tag) =>
  /^[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*$/.test(tag);

/**
 * @param {string} iri
 * @returns {boolean} Whether a name is an absolute IRI or a blank node label; a failure
 *     where programs disagree about it.
 */
export function isAbsolute(iri) {
  if (CLEAN.test(iri)) return true;
  if (STARTS.test(iri)) {
    const lacksOnlyItsEnd = iri.endsWith("\n") && !/[ \t\n\r]/.test(iri.slice(0, -1));
    if (HAS_ODD.test(iri) || lacksOnlyItsEnd) {
      throw undecided("an address with characters that no address may have");
    }
  }
  return false;
}

/**
 * Compares texts by code points, as N-Quads are sorted; ECMAScript compares halves of
 * surrogate pairs.
 */
export function byCodePoint(one, other) {
  const length = Math.min(one.length, other.length);
  for (let place = 0; place < length; place += 1) {
    const left = one.charCodeAt(place);
    const right = other.charCodeAt(place);
    if (left !== right) return rank(left) - rank(right);
  }
  return one.length - other.length;
}

// Surrogates stand for what comes after all the rest.
const rank = (unit) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
