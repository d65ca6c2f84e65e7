/**
 * Shows reports: the verdict first, what is certified, every check, and what is not
 * proven by any of it.
 */
import { claimsIn, everything } from "./claims.js";
import { element } from "./element.js";
import { Failure } from "./failure.js";
import { get, many } from "./members.js";
import { QUESTIONS } from "./verify.js";

const MARKS = { passed: "\u2713", failed: "\u2717", unknown: "?", skipped: "\u2013" };
const TITLES = {
  valid: "Valid",
  undetermined: "Not fully checked",
  expired: "Expired",
  "not-yet-valid": "Not valid yet",
  invalid: "Not valid",
  malformed: "Not a sound credential",
};
const PICTURE = /^data:image\/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$/;
const MOST_TEXT = 20000;

/** Shows one verdict in a word or two. */
export const titleOf = (verdict) => TITLES[verdict] ?? verdict;

/**
 * Shows what was found about one thing.
 * @param {object} found A report of `verify`, or `{failure}` if it could not be read.
 * @param {string} text As it was received, `""` for parts of something else.
 * @param {number} number Among all that is shown.
 * @returns {HTMLElement}
 */
export function article(found, text, number) {
  const { verdict } = found;
  const broken = verdict === "invalid" || verdict === "malformed";
  const claimed =
    broken && !found.failure ? element("span.by", null, "It claims to be:") : "";
  const heading = element(
    "h2",
    { id: `name-${number}`, dir: "auto" },
    claimed,
    nameOf(found),
  );
  const made = element("article.card", {
    "aria-labelledby": heading.id,
    "data-verdict": verdict,
  });
  made.append(banner(verdict, sentenceOf(found)), heading);
  if (found.pointer)
    made.append(
      element(
        "p.pale",
        null,
        `It stands inside of what is above, at ${found.pointer}.`,
      ),
    );
  if (found.failure) {
    made.append(
      element("p", null, `What to do: ${found.failure.next || "ask for it again"}.`),
    );
  } else {
    const claims = found.held.kind === "credential" ? claimsOf(found) : [];
    const hidden = () =>
      details("What it claims \u2013 not proven, do not rely on it", claims);
    made.append(...(broken && claims.length ? [hidden()] : claims));
    made.append(element("h3", null, "What was checked"), checksOf(found));
    if (found.unsigned.length) {
      const which = found.unsigned.slice(0, 20).join(", ");
      made.append(
        element("p.doubt", null, `Not signed, and therefore not shown: ${which}`),
      );
    }
    if (!broken)
      made.append(element("h3", null, "What this does not prove"), notProven(found));
    if (found.held.kind === "credential" && !broken) {
      made.append(
        details("Everything it says", [
          list(everything(claimsIn(found.held, found.unsigned).document)),
        ]),
      );
    }
  }
  if (text) made.append(received(text));
  return made;
}

/** Lists several things: a timeline, the newest first, and the skills that they name. */
export function overview(all) {
  const rows = all
    .map(({ found }, index) => ({
      found,
      index,
      said: found.failure ? null : claimsIn(found.held, found.unsigned),
    }))
    .sort((a, b) => (b.said?.issued ?? "").localeCompare(a.said?.issued ?? ""));
  const made = element(
    "nav.card",
    { "aria-labelledby": "overview" },
    element("h2", { id: "overview" }, "Overview"),
  );
  made.append(
    element(
      "ol.timeline",
      null,
      rows.map(({ found, index, said }) =>
        element(
          "li",
          null,
          element("span.date", null, said?.issued.slice(0, 10) || "\u2013"),
          element(
            "span.what",
            null,
            element("a", { href: `#name-${index + 1}`, dir: "auto" }, nameOf(found)),
            element(
              "span.by",
              { dir: "auto" },
              said ? said.issuer || said.issuerId : "",
            ),
          ),
          element(`span.tag.is-${found.verdict}`, null, titleOf(found.verdict)),
        ),
      ),
    ),
  );
  const good = rows.filter(({ found }) =>
    ["valid", "undetermined"].includes(found.verdict),
  );
  const skills = [...new Set(good.flatMap(({ said }) => said?.skills ?? []))].slice(
    0,
    100,
  );
  if (skills.length) {
    made.append(element("h3", null, "Skills that they name"), chips(skills));
  }
  return made;
}

function banner(verdict, sentence) {
  const mark =
    verdict === "valid"
      ? MARKS.passed
      : verdict === "undetermined"
        ? MARKS.unknown
        : MARKS.failed;
  return element(
    `p.verdict.is-${verdict}`,
    null,
    element("span.mark", { "aria-hidden": "true" }, mark),
    element(
      "span",
      null,
      element("strong", null, titleOf(verdict)),
      element("span.why", null, ` ${sentence}`),
    ),
  );
}

function nameOf(found) {
  if (found.failure) return "It could not be read";
  if (found.held.kind === "presentation") return "A presentation";
  return claimsIn(found.held, found.unsigned).name || "A credential without a name";
}

/** @returns {string} Why the verdict is what it is, in one sentence. */
function sentenceOf(found) {
  if (found.failure) return upper(`${found.failure.message}.`);
  if (found.verdict === "valid") {
    return "The signature fits, the key is that of the issuer's identifier, and the dates are good. Who is behind that identifier, this page cannot know.";
  }
  const outcome = found.verdict === "undetermined" ? "unknown" : "failed";
  const notes = found.checks
    .filter((check) => check.outcome === outcome && check.id !== "endorsements")
    .map((check) => check.note);
  const lead =
    found.verdict === "undetermined"
      ? "Nothing speaks against it, but not all could be checked: "
      : "";
  return upper(`${lead}${notes.join("; ") || "see what it holds"}.`);
}

const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function claimsOf(found) {
  const said = claimsIn(found.held, found.unsigned);
  const { sdJwt } = found.held;
  const row = (label, value) => (value ? [[label, value]] : []);
  const rows = [
    ...row(
      "Issued by",
      said.issuer &&
        `${said.issuer}${isKey(said) ? " (in its own words: it is known only by its key)" : ""}`,
    ),
    ...row(said.issuer ? "Issuer's identifier" : "Issued by", said.issuerId),
    ...row("Awarded to", said.subject),
    ...row("Issued", said.issued),
    ...row("Valid until", said.expires),
    ...said.rows,
    ...said.evidence.slice(0, 20).map((entry) => ["Evidence", entry]),
  ];
  if (sdJwt) {
    const held = sdJwt.withheld ? `, ${sdJwt.withheld} held back` : "";
    rows.push([
      "Disclosed",
      `${sdJwt.disclosed} value${sdJwt.disclosed === 1 ? "" : "s"} by the holder's choice${held}`,
    ]);
  }
  const presented = found.verified.find((proof) => proof.presented)?.presented;
  if (presented)
    rows.push(["Presented to", `${presented.audience} (nonce ${presented.nonce})`]);
  const made = [];
  if (PICTURE.test(said.image))
    made.push(element("img.badge", { src: said.image, alt: "Picture of the badge" }));
  else if (said.image)
    rows.push([
      "Picture",
      `${said.image} (not loaded: that would tell its host that you look)`,
    ]);
  made.push(list(rows));
  if (said.skills.length) made.push(element("h3", null, "Skills"), chips(said.skills));
  return made;
}

/** @returns {boolean} Whether the issuer's identifier is nothing but a key. */
const isKey = (said) => /^did:(key|jwk):/.test(said.issuerId);

const list = (rows) =>
  element(
    "dl",
    null,
    rows.flatMap(([label, value]) => [
      element("dt", null, label),
      element("dd", { dir: "auto" }, value),
    ]),
  );

const chips = (names) =>
  element(
    "ul.chips",
    null,
    names.map((name) => element("li", { dir: "auto" }, name)),
  );

function checksOf(found) {
  return element(
    "ul.checks",
    null,
    found.checks.map((check) =>
      element(
        `li.is-${check.outcome}`,
        null,
        element("span.mark", { "aria-hidden": "true" }, MARKS[check.outcome]),
        element(
          "div",
          null,
          element("span.question", null, QUESTIONS[check.id]),
          element("span.outcome", null, ` ${check.outcome}`),
          element("p", { dir: "auto" }, check.note),
          more(check),
        ),
      ),
    ),
  );
}

/** Lists the findings behind the first, and what can be done. */
function more(check) {
  if (check.outcome !== "failed" && check.outcome !== "unknown") return "";
  const others = check.problems
    .slice(1, 10)
    .map((problem) => element("p", { dir: "auto" }, problem.title));
  const { next } = check.problems[0];
  return [...others, next ? element("p.next", null, `Next: ${next}`) : ""];
}

function notProven(found) {
  const { held } = found;
  const said = [
    "Who sent it: whoever has a copy can pass it on. It says whom it is about, not who shows it.",
  ];
  if (held.kind === "credential") {
    const listed =
      many(get(held.document, "credentialStatus")).length ||
      get(held.document, "status");
    said.push(
      listed
        ? "That it still stands: its issuer keeps a list of what was revoked, and this page did not ask it."
        : "That it still stands: it names no list in which its issuer could revoke it.",
    );
    said.push(
      isKey(claimsIn(held, found.unsigned))
        ? "Who its issuer is: the issuer is known only by a key, and the name beside it is what the owner of that key wrote."
        : "That you should trust its issuer: a name or an address is no proof of who is behind it.",
    );
  }
  return element(
    "ul.plainlist",
    null,
    said.map((line) => element("li", null, line)),
  );
}

const details = (summary, contents) =>
  element("details", null, element("summary", null, summary), contents);

/** Shows the text as it came, and lets it be saved for another verifier. */
function received(text) {
  const json = /^\s*[{[]/.test(text);
  const name = json
    ? "credential.json"
    : text.includes("~")
      ? "credential.sdjwt"
      : "credential.jwt";
  const kind = json ? "application/json" : "text/plain";
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  const shown = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}\u2026` : text;
  const lines = shown
    .split(/\r?\n/)
    .slice(0, 1000)
    .flatMap((line) => [
      element(
        "span",
        null,
        line.match(/.{1,1000}/gsu)?.map((part) => element("span", null, part)) ?? "",
      ),
      element("br"),
    ]);
  return details("As it was received", [
    element(
      "p",
      null,
      element("a", { href: address, download: name }, `Save ${name}`),
      " and give it to another verifier.",
    ),
    element("pre", { tabindex: "0" }, lines),
  ]);
}

/** Makes a thing that could not be read look like a report. */
export const unread = (failure) => ({
  failure,
  verdict:
    failure instanceof Failure && failure.kind === "undetermined"
      ? "undetermined"
      : "malformed",
});
