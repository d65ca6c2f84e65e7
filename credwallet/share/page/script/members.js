/**
 * Reading JSON values of any shape, safely.
 *
 * A member is looked up only if the object has it itself: names such as `constructor`
 * or `__proto__` come from outside.
 */

/** @returns {boolean} Whether a JSON value is an object. */
export const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @returns {boolean} Whether an object has a member of its own. */
export const has = (value, name) => isObject(value) && Object.hasOwn(value, name);

/** @returns {*} A member, `undefined` if it is not there. */
export const get = (value, name) => (has(value, name) ? value[name] : undefined);

/** @returns {string} A member that is a text, else `""`. */
export const textOf = (value, name) => {
  const found = get(value, name);
  return typeof found === "string" ? found : "";
};

/** @returns {Array} The entries of a member that may stand alone or in an array. */
export const listed = (value) => (Array.isArray(value) ? value : [value]);

/** @returns {Array} As `listed`, nothing for what is not there. */
export const many = (value) =>
  value === undefined || value === null ? [] : listed(value);

/** @returns {string[]} The entries that are texts. */
export const texts = (value) =>
  many(value).filter((entry) => typeof entry === "string");

/** @returns {Array<[string, *]>} Each entry of a member with its JSON Pointer. */
export const places = (value, pointer) =>
  Array.isArray(value)
    ? value.map((entry, index) => [`${pointer}/${index}`, entry])
    : [[pointer, value]];

/** @returns {boolean} Whether a JSON value is a number, also one too large for us. */
export const isNumber = (value) =>
  typeof value === "number" || typeof value === "bigint";

/** Copies an object without some members, keeping odd names harmless. */
export function without(value, ...names) {
  const copy = Object.create(null);
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) copy[name] = value[name];
  }
  return copy;
}

/** Copies an object with one member set. */
export function withMember(value, name, member) {
  const copy = without(value);
  copy[name] = member;
  return copy;
}

/** @returns {boolean} Whether two JSON values are the same. */
export function same(one, other) {
  if (one === other) return true;
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((entry, index) => same(entry, other[index]))
    );
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => has(other, name) && same(one[name], other[name]))
  );
}

/** Quotes a value from outside in a sentence of ours: on one line, and short. */
export function shown(value) {
  if (typeof value !== "string") {
    return `a value of type ${Array.isArray(value) ? "list" : value === null ? "null" : typeof value}`;
  }
  return value.length <= 120 ? value : `${value.slice(0, 117)}...`;
}

/**
 * Reads a text that may come in several languages (VC 2.0 section 11.1).
 * @returns {string} The text, of several the English or else the first; `""` if none.
 */
export function words(value) {
  if (typeof value === "string") return value;
  if (has(value, "@value")) return textOf(value, "@value");
  let said = [];
  if (isObject(value)) {
    said = Object.entries(value).filter(([name]) => !name.startsWith("@"));
  } else if (Array.isArray(value)) {
    said = value.map((entry) => [textOf(entry, "@language"), entry]);
  }
  const english = ([name]) => name === "en" || name.startsWith("en-");
  said = [...said.filter(english), ...said.filter((pair) => !english(pair))];
  for (const [, entry] of said) {
    for (const one of listed(entry)) {
      const text = isObject(one) ? textOf(one, "@value") : one;
      if (typeof text === "string" && text) return text;
    }
  }
  return "";
}
