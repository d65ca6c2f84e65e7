/**
 * Unpacks deflated bytes with the browser's own machine, up to a bound.
 */
import { concat } from "./bytes.js";
import { invalid, undetermined } from "./failure.js";

/** Most bytes that anything may unpack to: no credential is larger. */
export const MAX_BYTES = 10 * 1024 * 1024;

/**
 * @param {Uint8Array} packed
 * @param {"deflate"|"deflate-raw"} format With the frame of zlib, or bare.
 * @returns {Promise<Uint8Array>}
 */
export async function inflate(packed, format) {
  if (typeof DecompressionStream === "undefined") {
    throw undetermined("this browser cannot unpack it", {
      next: "use a newer browser",
    });
  }
  const reader = new Blob([packed])
    .stream()
    .pipeThrough(new DecompressionStream(format))
    .getReader();
  const pieces = [];
  let size = 0;
  for (;;) {
    let piece;
    try {
      piece = await reader.read();
    } catch {
      throw invalid("it is damaged or was cut", { next: "ask for it again" });
    }
    if (piece.done) return concat(...pieces);
    size += piece.value.length;
    if (size > MAX_BYTES) {
      await reader.cancel();
      throw invalid("it unpacks to more than 10 MiB, no credential is that large", {
        type: "too-large",
      });
    }
    pieces.push(piece.value);
  }
}
