/**
 * Does this signature fit this public key? Keys as values, checked by WebCrypto.
 *
 * RFC 8032 (Ed25519), FIPS 186-5 section 6 (ECDSA, r || s), RFC 8017 sections 8.1 and
 * 8.2 (RSA). Keys with which a signature would prove nothing are refused when they are
 * made, as on the command line.
 */
import { invalid, undetermined } from "./failure.js";
import { base64url, hex } from "./bytes.js";
import { HASHES, subtle } from "./web_crypto.js";

const P25519 = 2n ** 255n - 19n;
// y coordinates of all points whose order divides 8.
const SMALL_ORDER = [
  0n,
  1n,
  P25519 - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
];
/** Curves for ECDSA: bytes of a coordinate, prime and b of y2 = x3 - 3x + b. */
export const CURVES = {
  "P-256": {
    size: 32,
    prime: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  "P-384": {
    size: 48,
    prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: BigInt(
      "0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe814112" +
        "0314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
    ),
  },
  "P-521": { size: 66 },
};
const SMALL_PRIMES = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83,
  89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/**
 * Makes a key from the encoding of an Edwards point (RFC 8032 section 5.1.2).
 * @param {Uint8Array} raw
 */
export async function fromEd25519(raw) {
  if (raw.length !== 32) {
    throw invalid(`an Ed25519 key has 32 bytes, this one ${raw.length}`);
  }
  const y = numberOf(raw.slice().reverse()) & (2n ** 255n - 1n);
  if (y >= P25519) throw invalid("the Ed25519 key is not encoded canonically");
  if (SMALL_ORDER.includes(y)) {
    throw invalid("the Ed25519 key is a point of small order and proves nothing");
  }
  const key = await imported("raw", raw, { name: "Ed25519" }, "Ed25519");
  return { kind: "Ed25519", key, same: hex(raw), algorithm: "" };
}

/**
 * Makes a key from an encoded point (SEC 1 section 2.3.4), compressed or not.
 * @param {string} kind Of `CURVES`.
 * @param {Uint8Array} point
 */
export async function fromPoint(kind, point) {
  const { size } = CURVES[kind];
  const lengths = { 2: 1 + size, 3: 1 + size, 4: 1 + 2 * size };
  if (lengths[point[0]] !== point.length) {
    throw invalid(`not the encoding of a point on ${kind}`);
  }
  const whole = point[0] === 4 ? point : decompressed(kind, point);
  const how = { name: "ECDSA", namedCurve: kind };
  const key = await imported("raw", whole, how, kind);
  return { kind, key, same: hex(whole), algorithm: "" };
}

/**
 * Makes an RSA key (RFC 8017 section 3.1).
 * @param {Uint8Array} modulus Big-endian, no leading zero.
 * @param {Uint8Array} exponent
 */
export function fromRsa(modulus, exponent) {
  const n = numberOf(modulus);
  const bits = n.toString(2).length;
  if (bits < 2048) {
    throw invalid(`an RSA key of ${bits} bits is too short to prove anything`);
  }
  if (bits > 8192)
    throw invalid(`an RSA key of ${bits} bits is longer than any in use`);
  if (n % 2n === 0n) throw invalid("the modulus of the RSA key is even");
  if (SMALL_PRIMES.every((prime) => isPower(Number(n % BigInt(prime)), prime))) {
    throw invalid("the RSA key is of the weak kind of CVE-2017-15361 (ROCA)");
  }
  const e = numberOf(exponent);
  if (e < 3n || e > 2n ** 32n || e % 2n === 0n) {
    throw invalid("the exponent of the RSA key is not an odd number from 3 to 2^32");
  }
  const parts = { n: base64url(modulus), e: base64url(exponent) };
  return { kind: "RSA", key: parts, same: `${parts.n}.${parts.e}`, algorithm: "" };
}

/**
 * Checks a signature; returns if it fits.
 * @param {object} key
 * @param {Uint8Array} signature
 * @param {Uint8Array} message What was signed, not its digest.
 * @param {string} hashName `sha256`..., with `pss-` before it RSASSA-PSS.
 */
export async function verify(key, signature, message, hashName) {
  const hash = HASHES[hashName.replace("pss-", "")];
  let how = { name: "ECDSA", hash };
  let { key: handle } = key;
  if (key.kind === "Ed25519") how = { name: "Ed25519" };
  if (key.kind === "RSA") {
    const pss = hashName.startsWith("pss-");
    how = pss
      ? { name: "RSA-PSS", saltLength: Number(hash.slice(4)) / 8 }
      : { name: "RSASSA-PKCS1-v1_5" };
    const jwk = { kty: "RSA", n: handle.n, e: handle.e };
    handle = await imported("jwk", jwk, { name: how.name, hash }, "RSA");
  }
  if (!(await subtle().verify(how, handle, signature, message))) {
    throw invalid("the signature does not fit", { type: "signature" });
  }
}

async function imported(format, data, how, kind) {
  const web = subtle();
  try {
    return await web.importKey(format, data, how, false, ["verify"]);
  } catch (error) {
    if (error.name === "NotSupportedError" || error.name === "SyntaxError") {
      throw undetermined(`this browser cannot check signatures by ${kind} keys`, {
        type: "unsupported-key",
        next: "use a newer browser",
      });
    }
    throw invalid(
      CURVES[kind] ? `the key is not a point on ${kind}` : `not the key of ${kind}`,
    );
  }
}

/** Finds the whole of a compressed point (SEC 1 section 2.3.4). */
function decompressed(kind, point) {
  const { size, prime, b } = CURVES[kind];
  if (!prime) {
    throw undetermined(`compressed keys on ${kind} are not supported by this page`, {
      type: "unsupported-key",
    });
  }
  const x = numberOf(point.subarray(1));
  const square = ((((x * x - 3n) * x + b) % prime) + prime) % prime;
  let y = power(square, (prime + 1n) / 4n, prime);
  if (x >= prime || (y * y) % prime !== square) {
    throw invalid(`the key is not a point on ${kind}`);
  }
  if (y % 2n !== BigInt(point[0] - 2)) y = prime - y;
  const whole = new Uint8Array(1 + 2 * size);
  whole[0] = 4;
  whole.set(point.subarray(1), 1);
  for (let at = 2 * size; at > size; at -= 1) {
    whole[at] = Number(y & 255n);
    y >>= 8n;
  }
  return whole;
}

function power(base, exponent, modulus) {
  let result = 1n;
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result;
}

/** @returns {boolean} Whether a number is a power of 65537 modulo a small prime. */
function isPower(remainder, prime) {
  let found = 1;
  for (let count = 1; count < prime; count += 1) {
    if (found === remainder) return true;
    found = (found * 65537) % prime;
  }
  return false;
}

const numberOf = (bytes) => (bytes.length ? BigInt(`0x${hex(bytes)}`) : 0n);
