/**
 * What does the `@context` member of an object of the document bring into force?
 *
 * JSON-LD 1.1 API section 5.1.2, step 9, narrowed by Data Integrity 1.0 section 4.6
 * (context validation): an object written into the credential itself never counts.
 */
import { unknownContext } from "./contexts.js";
import { Failure, invalid, undetermined } from "./failure.js";
import { KEYWORDS } from "./iri.js";
import { isObject, listed } from "./members.js";

const MAX_CONTEXTS = 20;

/**
 * Processes the `@context` member of an object.
 * @param {import("./expand.js").Walk} walk The walk that came to the object.
 * @param {Object} element An object with a member `@context`.
 * @param {import("./active_context.js").ActiveContext} context In force around it.
 * @returns {import("./active_context.js").ActiveContext} In force for it.
 */
export function enter(walk, element, context) {
  const entries = listed(element["@context"]);
  const at = (url, failure) => {
    walk.mark(element, "@context", url);
    return failure;
  };
  if (entries.length > MAX_CONTEXTS) throw at(null, tooMany());
  const urls = entries.filter((entry) => typeof entry === "string");
  if (urls.length !== entries.length) checkInline(walk, element, entries, context, at);
  for (const url of urls) {
    if (walk.urls.has(url)) continue;
    if (!walk.contexts.knows(url)) throw at(url, unknownContext(url));
    walk.urls.add(url);
    if (walk.urls.size > MAX_CONTEXTS) throw at(url, tooMany());
  }
  try {
    return context.urls(urls);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    throw at(culprit(urls, context), failure);
  }
}

function culprit(urls, start) {
  let context = start;
  for (const url of urls) {
    try {
      context = context.urls([url]);
    } catch {
      return url;
    }
  }
  return null;
}

/** Fails unless all that is no address changes nothing. */
function checkInline(walk, element, entries, context, at) {
  const inline = [];
  for (const entry of entries) {
    if (isObject(entry)) {
      if (Object.keys(entry).length) inline.push(entry);
    } else if (entry === null) {
      if (entries[0] !== null || context.terms.size) inline.push({});
    } else if (typeof entry !== "string") {
      throw walk.fault("a context that is none", element, "@context");
    }
  }
  if (!inline.length) return;
  const inForce = new Set(context.terms.keys());
  for (const url of [...walk.urls, ...entries]) {
    if (typeof url !== "string" || !walk.contexts.knows(url)) continue;
    for (const name of walk.contexts.termNames(url)) inForce.add(name);
  }
  for (const entry of inline) {
    for (const name of Object.keys(entry)) {
      if (inForce.has(name) && !KEYWORDS.has(name)) throw at(null, redefines(name));
    }
  }
  throw at(null, inlineContext());
}

const redefines = (name) =>
  invalid(`the credential itself gives term '${name.slice(0, 80)}' another meaning`, {
    type: "context-redefines",
    next: "do not rely on it: parts of it may say what nobody signed",
  });

const inlineContext = () =>
  undetermined("the credential brings a context of its own, which nobody vouches for", {
    type: "inline-context",
    next: "ask the issuer for a credential with published contexts only",
  });

const tooMany = () =>
  undetermined(`the credential names more than ${MAX_CONTEXTS} contexts`, {
    type: "too-many-contexts",
    next: "ask the issuer for a credential with fewer contexts",
  });
