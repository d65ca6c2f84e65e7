/**
 * Is this JSON, and does every reader understand it alike? The one door from outside.
 *
 * RFC 8259, narrowed to what RFC 7493 (I-JSON) and our limits allow: what two parsers
 * may read differently is refused, because a signature would then cover two meanings.
 * `JSON.parse` takes a member that stands twice, and forgets the digits of a number.
 */
import { isWellFormed, utf8, utf8Text } from "./bytes.js";
import { invalid } from "./failure.js";

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_DIGITS = 400;
const MAX_CONTAINERS = 250000;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const WORDS = [
  ["true", true],
  ["false", false],
  ["null", null],
];

/**
 * Reads a JSON text, or says in one line why it is none.
 *
 * @param {string|Uint8Array} data The text, or its bytes in UTF-8 without a byte order
 *     mark; at most 10 MiB, 64 levels, 250,000 objects and arrays.
 * @returns {*} The value. Objects have no prototype, so that no name is taken; an integer
 *     that no double holds exactly is a BigInt.
 */
export function parse(data) {
  return new Reader(textOfData(data)).whole();
}

function textOfData(data) {
  if (data.length > MAX_BYTES) throw tooLarge();
  const text = typeof data === "string" ? data : utf8Text(data);
  if (text.startsWith("\ufeff")) {
    throw refused("the text starts with a byte order mark");
  }
  if (!isWellFormed(text)) throw refused("half of a surrogate pair");
  if (typeof data === "string" && text.length * 3 > MAX_BYTES) {
    if (utf8(text).length > MAX_BYTES) throw tooLarge();
  }
  if (/^\s*$/.test(text)) throw refused("the text is empty");
  return text;
}

class Reader {
  constructor(text) {
    this.text = text;
    this.place = 0;
    this.containers = 0;
  }

  whole() {
    const value = this.value(0, "");
    if (this.place < this.text.length) {
      throw this.fault("something follows after the end");
    }
    return value;
  }

  /** Matches a sticky expression here and steps behind it. */
  match(form) {
    form.lastIndex = this.place;
    const found = form.exec(this.text);
    if (found) this.place = form.lastIndex;
    return found;
  }

  /** Steps over a character, and the white space before and behind it. */
  take(character) {
    this.match(SPACE);
    if (this.text[this.place] !== character) return false;
    this.place += 1;
    this.match(SPACE);
    return true;
  }

  value(depth, pointer) {
    this.match(SPACE);
    let value;
    switch (this.text[this.place]) {
      case "{":
        value = this.object(this.deeper(depth), pointer);
        break;
      case "[":
        value = this.array(this.deeper(depth), pointer);
        break;
      case '"':
        value = this.string(pointer);
        break;
      default:
        value = this.scalar();
    }
    this.match(SPACE);
    return value;
  }

  deeper(depth) {
    this.containers += 1;
    if (this.containers > MAX_CONTAINERS) {
      throw refused(`the text has more than ${MAX_CONTAINERS} objects and arrays`);
    }
    if (depth >= MAX_DEPTH) {
      throw refused(`the text is nested deeper than ${MAX_DEPTH}`);
    }
    return depth + 1;
  }

  object(depth, pointer) {
    const found = Object.create(null);
    this.take("{");
    if (this.take("}")) return found;
    do {
      if (this.text[this.place] !== '"') throw this.fault("a member without a name");
      const name = this.string(pointer, " in a name");
      const inner = `${pointer}/${name.replace(/~/g, "~0").replace(/\//g, "~1")}`;
      if (name in found) {
        throw refused(`member ${JSON.stringify(name.slice(0, 80))} stands twice`, inner);
      }
      if (!this.take(":")) throw this.fault("a colon is missing");
      found[name] = this.value(depth, inner);
    } while (this.take(","));
    if (!this.take("}")) throw this.fault("an object does not end");
    return found;
  }

  array(depth, pointer) {
    const found = [];
    this.take("[");
    if (this.take("]")) return found;
    do {
      found.push(this.value(depth, `${pointer}/${found.length}`));
    } while (this.take(","));
    if (!this.take("]")) throw this.fault("an array does not end");
    return found;
  }

  string(pointer, where = "") {
    const start = this.place;
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== '"') {
      end += this.text[end] === "\\" ? 2 : 1;
    }
    this.place = end + 1;
    let text;
    try {
      // Strict about escapes and control characters, as the standard is.
      text = JSON.parse(this.text.slice(start, end + 1));
    } catch {
      this.place = start;
      throw this.fault("a text that is none");
    }
    if (!isWellFormed(text)) {
      throw refused(`half of a surrogate pair${where}`, pointer);
    }
    return text;
  }

  scalar() {
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.place)) {
        this.place += word.length;
        return value;
      }
    }
    const found = this.match(NUMBER);
    if (!found) throw this.fault("no value");
    return numberOf(found[0], found[1] === undefined && found[2] === undefined);
  }

  fault(what) {
    const before = this.text.slice(0, this.place).split("\n");
    const column = before[before.length - 1].length + 1;
    return refused(`not JSON: ${what} (line ${before.length}, column ${column})`);
  }
}

function numberOf(digits, isInteger) {
  if (digits.length > MAX_DIGITS) {
    throw refused(`number ${digits.slice(0, 20)}... has more than 400 digits`);
  }
  const number = Number(digits);
  if (isInteger) {
    // Not minus zero, which only a fraction or an exponent makes.
    if (Number.isSafeInteger(number)) return number + 0;
    const exact = BigInt(digits);
    return Number.isFinite(number) && BigInt(number) === exact ? number : exact;
  }
  if (!Number.isFinite(number)) {
    throw refused(`number ${digits.slice(0, 40)} is beyond every double`);
  }
  return number;
}

const tooLarge = () => refused("the text is larger than 10 MiB");

function refused(what, instance = "") {
  const where = instance ? ` at ${JSON.stringify(instance.slice(0, 80))}` : "";
  return invalid(what + where, {
    type: "unreadable",
    instance,
    next: "ask the issuer for the file again",
  });
}
