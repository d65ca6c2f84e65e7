/**
 * The one way into the page: elements are made, texts are text. Nothing that came from
 * outside is ever read as markup.
 */
import { oneLine, plain } from "./plain.js";

/**
 * Makes an element.
 * @param {string} name Of ours, with classes behind dots, such as `p.note`.
 * @param {object} attributes By name; what is empty is left out. Never an event.
 * @param {...(Node|string|Array)} contents Texts pass `plain`; empty ones are left out.
 * @returns {HTMLElement}
 */
export function element(name, attributes, ...contents) {
  const [tag, ...classes] = name.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value !== "" && value !== undefined)
      made.setAttribute(key, plain(oneLine(value), 4e6));
  }
  for (const content of contents.flat()) {
    if (content === "" || content === null || content === undefined) continue;
    made.append(
      content instanceof Node
        ? content
        : document.createTextNode(plain(oneLine(content))),
    );
  }
  return made;
}
