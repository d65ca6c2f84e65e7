/**
 * Whether a JSON object is a credential, a presentation, or something else: a guess by
 * what stands there, as generous as possible; what is missing is named later.
 */
import { get, has, many, texts } from "./members.js";

const CONTEXTS = [
  "https://www.w3.org/2018/credentials",
  "https://www.w3.org/ns/credentials/",
  "https://purl.imsglobal.org/spec/ob/v3p0",
  "https://purl.imsglobal.org/spec/clr/v2p0",
];

/**
 * Tells what a JSON object is meant to be.
 * @returns {"credential"|"presentation"|"envelope"|"older"|"other"} `older` for badges
 *     of Open Badges 2.0 and before, and Blockcerts.
 */
export function kindOf(document) {
  const types = texts(get(document, "type") ?? get(document, "@type"));
  const is = (name) => types.includes(name);
  if (is("EnvelopedVerifiableCredential") || is("EnvelopedVerifiablePresentation"))
    return "envelope";
  if (is("VerifiableCredential")) return "credential";
  if (is("VerifiablePresentation")) return "presentation";
  if (has(document, "credentialSubject")) return "credential";
  if (has(document, "verifiableCredential")) return "presentation";
  if (types.some((name) => name.endsWith("Credential"))) return "credential";
  const contexts = texts(get(document, "@context"));
  if (contexts.some((entry) => CONTEXTS.some((start) => entry.startsWith(start))))
    return "credential";
  const older =
    many(get(document, "badge")).length ||
    is("Assertion") ||
    is("BadgeClass") ||
    contexts.some((entry) => /openbadges|blockcerts/.test(entry));
  return older ? "older" : "other";
}
