/**
 * What bytes are this, and which credentials do they carry? JSON, JWT, SD-JWT, baked PNG
 * and SVG, a PDF with attachments, a page like this one, a link.
 */
import { Failure, invalid, undetermined } from "./failure.js";
import { fromBase64url, utf8Text } from "./bytes.js";
import { inflate, MAX_BYTES } from "./inflate.js";
import { isPng, pngBadge } from "./png.js";

const FRAGMENT = /#(c=[jts]\.[A-Za-z0-9_-]+)/g;
const MOST = 100;
// The dictionary of an attached file has a few hundred bytes.
const REACH = 4096;

/**
 * Takes credentials out of the bytes of a file.
 * @param {Uint8Array} bytes
 * @returns {Promise<Array<string|Failure>>} Their texts; why one could not be had.
 */
export async function textsIn(bytes) {
  if (bytes.length > MAX_BYTES) {
    throw invalid("larger than 10 MiB, no credential is", { type: "too-large" });
  }
  if (isPng(bytes)) return [utf8Text(await pngBadge(bytes))];
  const start = latin(bytes.subarray(0, 1024));
  if (start.includes("%PDF-")) return attachments(bytes);
  const text = decoded(bytes);
  if (/^\s*<(!doctype\s+html|html)\b/i.test(text)) return linked(text);
  if (/^\s*</.test(text)) return [svgBadge(text)];
  if (/^\s*[a-z]+:\/\/\S*#c=/i.test(text)) return linked(text);
  return [text];
}

/**
 * Reads the credential behind the `#` of a link.
 * @param {string} fragment `c=KIND.DATA`, KIND of j, t, s; DATA deflated, in base64url.
 * @returns {Promise<string>}
 */
export async function fromFragment(fragment) {
  const [, data] = /^c=[jts]\.([A-Za-z0-9_-]+)$/.exec(fragment) ?? [];
  if (!data) {
    throw invalid("the link carries no credential after its #", {
      next: "copy the whole link; it may have been cut",
    });
  }
  try {
    return utf8Text(await inflate(fromBase64url(data), "deflate-raw"));
  } catch (error) {
    if (!(error instanceof Failure) || error.type === "too-large") throw error;
    throw new Failure(error.kind, "the link is damaged or was cut", {
      next: "ask for it again, or for the file itself",
    });
  }
}

const latin = (bytes) => new TextDecoder("latin1").decode(bytes);

function decoded(bytes) {
  const [first, second] = bytes;
  const wide =
    (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (!wide) return utf8Text(bytes).replace(/^\ufeff(?=\s*<)/, "");
  return new TextDecoder(first === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
}

async function linked(text) {
  const fragments = [...new Set([...text.matchAll(FRAGMENT)].map((match) => match[1]))];
  if (!fragments.length) throw invalid("a web page that carries no credential");
  if (fragments.length > MOST)
    throw undetermined(`a web page of more than ${MOST} credentials`);
  return settled(fragments.map((fragment) => () => fromFragment(fragment)));
}

/** Takes the badge out of an SVG (Open Badges 3.0 section 5.3.2); nothing of it runs. */
function svgBadge(text) {
  if (/<!ENTITY/i.test(text)) {
    throw invalid("the picture declares an XML entity, which is refused for safety", {
      next: "ask the issuer for the badge as PNG or JSON",
    });
  }
  const picture = new DOMParser().parseFromString(text, "image/svg+xml");
  if (picture.documentElement.localName !== "svg")
    throw invalid("neither a credential nor a sound picture");
  const badges = [
    ...picture.getElementsByTagNameNS(
      "https://purl.imsglobal.org/ob/v3p0",
      "credential",
    ),
    ...picture.getElementsByTagNameNS("http://openbadges.org", "assertion"),
  ];
  if (badges.length !== 1) {
    throw invalid(
      badges.length
        ? "the picture carries more than one badge"
        : "the picture carries no badge",
    );
  }
  const [badge] = badges;
  if (badge.children.length) throw invalid("the badge in the picture contains XML");
  const token = (badge.getAttribute("verify") ?? "").trim();
  const body = badge.textContent.trim();
  if (token && body && !/^https?:\/\//i.test(token)) {
    throw invalid("the badge has a token and a text, and they could disagree");
  }
  return body || token;
}

/** Unpacks what is attached to a PDF (ISO 32000-2 section 7.11.4), found by its type. */
async function attachments(bytes) {
  // One character a byte, so that places in the text are places in the bytes.
  const text = latin(bytes);
  const found = [];
  for (const match of text.matchAll(/\/EmbeddedFile(?![A-Za-z0-9])/g)) {
    const head = text.lastIndexOf(" obj", match.index);
    const begin = />>\s*stream(?:\r\n|\n)/.exec(
      text.slice(match.index, match.index + REACH),
    );
    if (head < match.index - REACH || !begin) continue;
    const dictionary = text.slice(head, match.index + begin.index);
    const start = match.index + begin.index + begin[0].length;
    if (dictionary.includes("endobj")) continue;
    if (found.length === MOST)
      throw undetermined(`a PDF of more than ${MOST} attached files`);
    found.push(() => attached(bytes, text, dictionary, start));
  }
  if (!found.length) {
    throw invalid(
      text.includes("/Encrypt")
        ? "a PDF that is encrypted: what is attached cannot be told"
        : "a PDF without an attached badge",
      { next: "ask for the badge itself as a file" },
    );
  }
  return settled(found);
}

async function attached(bytes, text, dictionary, start) {
  const length = /\/Length\s+(\d{1,9})(?!\d|\s+\d+\s+R)/.exec(dictionary);
  let end = length ? start + Number(length[1]) : -1;
  if (end < 0 || !/^\s{0,64}endstream/.test(text.slice(end, end + 80))) {
    end = text.indexOf("endstream", start);
    if (end < 0)
      throw invalid("the attached file breaks off", { next: "download the PDF again" });
    end -= /(\r\n|\n|\r|)$/.exec(text.slice(end - 2, end))[0].length;
  }
  const packed = bytes.subarray(start, end);
  if (!dictionary.includes("/Filter")) return utf8Text(packed);
  const [, name, only] =
    /\/Filter\s*(?:\/(\w+)|\[\s*\/(\w+)\s*\])/.exec(dictionary) ?? [];
  if ((name ?? only) !== "FlateDecode" || dictionary.includes("/DecodeParms")) {
    throw undetermined("the attached file is compressed in an unknown way");
  }
  return utf8Text(await inflate(packed, "deflate"));
}

async function settled(openings) {
  const found = [];
  for (const opening of openings) {
    try {
      found.push(await opening());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      found.push(error);
    }
  }
  return found;
}
