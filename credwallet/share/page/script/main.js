/**
 * The page at work: takes credentials from the link, from the page itself, from a file
 * or from pasted text, verifies them, and shows what was found.
 */
import { fromFragment, textsIn } from "./carriers.js";
import { loadContexts } from "./contexts.js";
import { Failure } from "./failure.js";
import { utf8 } from "./bytes.js";
import { MAX_BYTES } from "./inflate.js";
import { readText } from "./reading.js";
import { article, overview, titleOf, unread } from "./show.js";
import { gravest, verify } from "./verify.js";

const main = document.querySelector("main");
const summary = document.getElementById("verdict");
const reports = document.getElementById("reports");
const tables = document.getElementById("tables").textContent;
let turn = 0;
let contexts = null;

/** @param {Array<() => Promise<Array<string|Failure>>>} sources */
async function show(sources) {
  turn += 1;
  const mine = turn;
  main.dataset.verdict = "";
  main.setAttribute("aria-busy", "true");
  summary.textContent = "Checking\u2026";
  const at = Date.now();
  const all = [];
  for (const source of sources) all.push(...(await found(source, at)));
  // What was begun later is what counts.
  if (mine !== turn) return;
  reports.replaceChildren(...(all.length > 1 ? [overview(all)] : []));
  all.forEach(({ found: one, text }, index) =>
    reports.append(article(one, text, index + 1)),
  );
  const judged = all.filter(({ aside }) => !aside);
  const verdict = gravest(judged.map(({ found: one }) => one.verdict));
  summary.textContent = summaryOf(all, verdict, at);
  main.dataset.verdict = verdict;
  main.removeAttribute("aria-busy");
}

async function found(source, at) {
  const all = [];
  try {
    contexts ??= await loadContexts(tables);
    for (const text of await source()) {
      if (text instanceof Failure) all.push({ found: unread(text), text: "" });
      else all.push(...(await verified(text, at)));
    }
  } catch (error) {
    all.push({ found: unread(asFailure(error)), text: "" });
  }
  return all;
}

async function verified(text, at) {
  let report;
  try {
    report = await verify(await readText(text), { contexts, at, covered: false });
  } catch (error) {
    return [{ found: unread(asFailure(error)), text }];
  }
  // What a record holds is shown, and does not change what is said of the record.
  const aside = report.held.kind === "credential";
  const inside = (one) =>
    one.contains.flatMap((part) => [{ found: part, text: "", aside }, ...inside(part)]);
  return [{ found: report, text }, ...inside(report)];
}

/** A failure that nobody foresaw is ours: nothing can be said about the credential. */
function asFailure(error) {
  if (error instanceof Failure) return error;
  return new Failure(
    "undetermined",
    `this page failed on it (${error?.name ?? "error"})`,
    {
      next: "check it with a full verifier, and tell the makers of this page",
    },
  );
}

function summaryOf(all, verdict, at) {
  const when = `Checked ${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC by the clock of this device.`;
  if (all.length === 1) return `${titleOf(verdict)}. ${when}`;
  const counts = new Map();
  for (const { found: one } of all)
    counts.set(one.verdict, (counts.get(one.verdict) ?? 0) + 1);
  const words = [...counts].map(
    ([name, count]) => `${count} ${titleOf(name).toLowerCase()}`,
  );
  return `${all.length} items: ${words.join(", ")}. ${when}`;
}

async function ofFiles(files) {
  await show(
    [...files].slice(0, 100).map((file) => async () => {
      if (file.size > MAX_BYTES)
        throw new Failure("invalid", "larger than 10 MiB, no credential is");
      return textsIn(new Uint8Array(await file.arrayBuffer()));
    }),
  );
  main.scrollIntoView();
}

function start() {
  const carried = [...document.querySelectorAll("script.credential")].map((script) =>
    script.textContent.trim(),
  );
  const fragment = location.hash.startsWith("#c=") ? [location.hash] : [];
  const texts = fragment.length ? fragment : carried;
  if (texts.length)
    return show(texts.map((text) => async () => [await fromFragment(text.slice(1))]));
  summary.textContent =
    "Nothing to check yet. Choose a file, drop one here, or paste a credential.";
  return undefined;
}

const input = document.getElementById("file");
input.addEventListener("change", () => input.files.length && ofFiles(input.files));
const box = document.getElementById("text");
document
  .getElementById("check")
  .addEventListener("click", () => show([async () => textsIn(utf8(box.value))]));
addEventListener("hashchange", () => location.hash.startsWith("#c=") && start());
addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("over");
});
addEventListener(
  "dragleave",
  (event) => event.relatedTarget ?? document.body.classList.remove("over"),
);
addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("over");
  if (event.dataTransfer.files.length) ofFiles(event.dataTransfer.files);
});
if (!globalThis.crypto?.subtle) {
  summary.textContent =
    "This browser cannot check signatures on this page: open it over https, or as a file.";
} else start();
