/**
 * Badges baked into PNG pictures: PNG third edition sections 5.3 and 11.3.3, Open Badges
 * 3.0 section 5.3.1. The picture itself is never decoded.
 */
import { invalid } from "./failure.js";
import { inflate } from "./inflate.js";

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const KEYWORDS = ["openbadgecredential", "openbadges"];
const MAX_CHUNKS = 10000;

/** @returns {boolean} Whether the bytes start like a PNG. */
export const isPng = (bytes) => SIGNATURE.every((byte, index) => bytes[index] === byte);

/** Takes the badge out of a picture: the bytes of its text. */
export async function pngBadge(bytes) {
  const badges = [...chunksOf(bytes)].filter(
    (chunk) =>
      ["iTXt", "tEXt", "zTXt"].includes(chunk.type) &&
      KEYWORDS.includes(keywordOf(chunk.content)),
  );
  if (badges.length !== 1) {
    throw invalid(
      badges.length
        ? "the picture carries more than one badge"
        : "the picture carries no badge",
      {
        next: "ask for the file that the issuer gave out: editing a picture removes its badge",
      },
    );
  }
  return textOf(badges[0]);
}

function* chunksOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let place = 8;
  for (let count = 0; count < MAX_CHUNKS; count += 1) {
    const length = place + 12 <= bytes.length ? view.getUint32(place) : Infinity;
    const end = place + 8 + length;
    if (end + 4 > bytes.length) throw damaged(`breaks off at byte ${place}`);
    const type = latin(bytes.subarray(place + 4, place + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw damaged(`has no chunk at byte ${place}`);
    if (crc32(bytes.subarray(place + 4, end)) !== view.getUint32(end)) {
      throw damaged(`has a chunk ${type} whose checksum does not fit`);
    }
    if (count === 0 && (type !== "IHDR" || length !== 13))
      throw damaged("does not start with its header");
    yield { type, content: bytes.subarray(place + 8, end) };
    place = end + 4;
    if (type !== "IEND") continue;
    if (place !== bytes.length || length) throw damaged("has something behind its end");
    return;
  }
  throw damaged(`has more than ${MAX_CHUNKS} chunks`);
}

async function textOf({ type, content }) {
  let rest = behindZero(content);
  if (type === "tEXt") return rest;
  if (type === "zTXt") {
    if (rest[0] !== 0)
      throw damaged("has a badge that is compressed in an unknown way");
    return inflate(rest.subarray(1), "deflate");
  }
  const [flag, method] = rest;
  rest = behindZero(behindZero(rest.subarray(2)));
  if (flag > 1 || (flag === 1 && method !== 0)) throw damaged("has a malformed text");
  return flag ? inflate(rest, "deflate") : rest;
}

function behindZero(bytes) {
  const zero = bytes.indexOf(0);
  if (zero < 0) throw damaged("has a malformed text");
  return bytes.subarray(zero + 1);
}

const latin = (bytes) => String.fromCharCode(...bytes);

const keywordOf = (content) => {
  const zero = content.indexOf(0);
  return zero >= 0 && zero < 80 ? latin(content.subarray(0, zero)) : "";
};

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const damaged = (what) =>
  invalid(`the picture ${what}`, { next: "download the picture again" });
