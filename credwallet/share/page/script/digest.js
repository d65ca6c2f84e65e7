/**
 * What is the digest of this text, at once? FIPS 180-4, SHA-256 and SHA-384.
 *
 * Only for the names of blank nodes, of which there are thousands: WebCrypto answers
 * each one by a promise, which takes longer than the digest. Signatures are
 * WebCrypto's.
 */
import { hex, utf8 } from "./bytes.js";

const [ROUND, SQUARES] = fractions();
const ROUND_32 = Uint32Array.from(ROUND.slice(0, 64), (value) => Number(value >> 32n));
const START_32 = Uint32Array.from(SQUARES.slice(0, 8), (value) => Number(value >> 32n));

/** The first 64 bits after the point of the cube and square roots of the primes. */
function fractions() {
  const cubes = [];
  const squares = [];
  for (let number = 2n; cubes.length < 80; number += 1n) {
    let divisor = 2n;
    while (number % divisor) divisor += 1n;
    if (divisor === number) {
      cubes.push(BigInt.asUintN(64, root(number << 192n, 3n)));
      squares.push(BigInt.asUintN(64, root(number << 128n, 2n)));
    }
  }
  return [cubes, squares];
}

function root(value, degree) {
  let low = 0n;
  for (let bit = 1n << 72n; bit > 0n; bit >>= 1n) {
    if ((low + bit) ** degree <= value) low += bit;
  }
  return low;
}

/** The message, a bit of one, zeros, and its length in bits: whole blocks. */
function padded(text, block, word) {
  const bytes = utf8(text);
  const blocks = Math.ceil((bytes.length + 1 + word * 2) / block);
  const whole = new Uint8Array(blocks * block);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setBigUint64(whole.length - 8, BigInt(bytes.length) * 8n);
  return view;
}

const turn = (value, count) => (value >>> count) | (value << (32 - count));

/** @param {string} text @returns {string} Lower-case hex. */
export function sha256Hex(text) {
  const view = padded(text, 64, 4);
  const state = Uint32Array.from(START_32);
  const words = new Uint32Array(64);
  for (let start = 0; start < view.byteLength; start += 64) {
    for (let place = 0; place < 64; place += 1) {
      if (place < 16) {
        words[place] = view.getUint32(start + place * 4);
        continue;
      }
      const early = words[place - 15];
      const late = words[place - 2];
      words[place] =
        words[place - 16] +
        (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) +
        words[place - 7] +
        (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let place = 0; place < 64; place += 1) {
      const one =
        (h +
          (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) +
          ((e & f) ^ (~e & g)) +
          ROUND_32[place] +
          words[place]) |
        0;
      const two =
        ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, place) => {
      state[place] += value;
    });
  }
  const found = new DataView(new ArrayBuffer(32));
  state.forEach((value, place) => found.setUint32(place * 4, value));
  return hex(new Uint8Array(found.buffer));
}

const MASK = (1n << 64n) - 1n;
const turnLong = (value, count) => ((value >> count) | (value << (64n - count))) & MASK;

/** @param {string} text @returns {string} Lower-case hex. */
export function sha384Hex(text) {
  const view = padded(text, 128, 8);
  const state = SQUARES.slice(8, 16);
  for (let start = 0; start < view.byteLength; start += 128) {
    const words = [];
    for (let place = 0; place < 80; place += 1) {
      if (place < 16) {
        words.push(view.getBigUint64(start + place * 8));
        continue;
      }
      const early = words[place - 15];
      const late = words[place - 2];
      words.push(
        (words[place - 16] +
          (turnLong(early, 1n) ^ turnLong(early, 8n) ^ (early >> 7n)) +
          words[place - 7] +
          (turnLong(late, 19n) ^ turnLong(late, 61n) ^ (late >> 6n))) &
          MASK,
      );
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let place = 0; place < 80; place += 1) {
      const one =
        h +
        (turnLong(e, 14n) ^ turnLong(e, 18n) ^ turnLong(e, 41n)) +
        ((e & f) ^ (~e & MASK & g)) +
        ROUND[place] +
        words[place];
      const two =
        (turnLong(a, 28n) ^ turnLong(a, 34n) ^ turnLong(a, 39n)) +
        ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e] = [g, f, e, (d + one) & MASK];
      [d, c, b, a] = [c, b, a, (one + two) & MASK];
    }
    [a, b, c, d, e, f, g, h].forEach((value, place) => {
      state[place] = (state[place] + value) & MASK;
    });
  }
  const digits = (value) => value.toString(16).padStart(16, "0");
  return state.slice(0, 6).map(digits).join("");
}
