/**
 * The cryptography of the browser, or a plain word where it has none for us.
 */
import { undetermined } from "./failure.js";

/** Names of hashes as WebCrypto spells them. */
export const HASHES = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" };

/** @returns {SubtleCrypto} Only there on secure pages and in files. */
export function subtle() {
  const found = globalThis.crypto?.subtle;
  if (found) return found;
  throw undetermined("this browser checks signatures only on secure pages", {
    type: "unsupported-key",
    next: "open the page over https, or as a file",
  });
}

/**
 * @param {string} name Of `HASHES`.
 * @param {Uint8Array} bytes
 * @returns {Promise<Uint8Array>}
 */
export const digest = async (name, bytes) =>
  new Uint8Array(await subtle().digest(HASHES[name], bytes));
