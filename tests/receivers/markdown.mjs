// markdown-it renders a text in the ways of a README, of a forum and of plain
// CommonMark: {text} -> {each way: HTML}.
import markdownIt from "markdown-it";
import { answer, question } from "./input.mjs";

const { text } = question();
const rendered = {};
for (const html of [true, false]) {
  for (const linkify of [true, false]) {
    const options = { html, linkify, typographer: false };
    rendered[`${html} ${linkify}`] = markdownIt(options).render(text);
  }
}
rendered.commonmark = markdownIt("commonmark").render(text);
answer(rendered);
