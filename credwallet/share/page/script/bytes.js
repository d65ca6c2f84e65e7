/**
 * How is this text written as bytes, and back? UTF-8, hex, base64url, base58btc; and
 * the digests of WebCrypto.
 */
import { invalid } from "./failure.js";

const DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
// Base58 takes time by the square of the length; no key or signature is longer.
const LONGEST_BASE58 = 1024;
// Half of a surrogate pair, which no UTF-8 can hold.
const HALF = /\p{Surrogate}/u;

/** @returns {boolean} Whether a text can be written as UTF-8. */
export const isWellFormed = (text) => !HALF.test(text);

/** @param {string} text @returns {Uint8Array} */
export const utf8 = (text) => new TextEncoder().encode(text);

/**
 * Reads UTF-8; a byte order mark stays what it is, a character.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function utf8Text(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid("the text is not UTF-8", { type: "unreadable" });
  }
}

/** @param {...Uint8Array} parts @returns {Uint8Array} */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/** @param {Uint8Array} bytes @returns {string} Lower case. */
export const hex = (bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {Uint8Array} bytes @returns {string} Without padding. */
export function base64url(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/**
 * Reads base64url without padding, in its one canonical form.
 * @param {string} text
 * @returns {Uint8Array}
 */
export function fromBase64url(text) {
  if (/^[A-Za-z0-9_-]*$/.test(text) && text.length % 4 !== 1) {
    const bytes = fromBase64(text.replace(/-/g, "+").replace(/_/g, "/"));
    // The last digit may hold bits that stand for nothing: two texts, one meaning.
    if (base64url(bytes) === text) return bytes;
  }
  throw invalid("a text that is no base64url", { type: "encoding" });
}

/** @param {string} text Base64, as `atob` reads it. @returns {Uint8Array} */
export function fromBase64(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let place = 0; place < binary.length; place += 1) {
    bytes[place] = binary.charCodeAt(place);
  }
  return bytes;
}

/** @param {Uint8Array} bytes @returns {string} Without a multibase prefix. */
export function base58btc(bytes) {
  let number = BigInt(`0x0${hex(bytes)}`);
  let text = "";
  for (; number > 0n; number /= 58n) text = DIGITS[Number(number % 58n)] + text;
  let zeros = 0;
  while (bytes[zeros] === 0) zeros += 1;
  return "1".repeat(zeros) + text;
}

/** @param {string} text Without the multibase prefix. @returns {Uint8Array} */
export function fromBase58btc(text) {
  if (text.length > LONGEST_BASE58) throw noBase58();
  let number = 0n;
  for (const digit of text) {
    const value = DIGITS.indexOf(digit);
    if (value < 0) throw noBase58();
    number = number * 58n + BigInt(value);
  }
  const zeros = /^1*/.exec(text)[0].length;
  let digits = number === 0n ? "" : number.toString(16);
  if (digits.length % 2) digits = `0${digits}`;
  const tail = (digits.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
  return Uint8Array.from([...new Array(zeros).fill(0), ...tail]);
}

const noBase58 = () => invalid("a text that is no base58", { type: "encoding" });

/** @param {Uint8Array} bytes @returns {Promise<Uint8Array>} */
export const sha256 = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** @param {Uint8Array} bytes @returns {Promise<Uint8Array>} */
export const sha384 = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
