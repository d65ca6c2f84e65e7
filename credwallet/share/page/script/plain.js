/**
 * Makes foreign text harmless to the eye, as the command line does: what turns text
 * around, hides it or has no ink stands there as an escape.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\u2800\uffa0\ufffc\u180b-\u180f\ufe00-\ufe0d\u{1d159}\u{e0000}-\u{e0fff}]/gu;
const PILE = /([\p{Mn}\p{Me}]{3})[\p{Mn}\p{Me}]+/gu;

/**
 * @param {string} text Any text, of any length.
 * @param {number} [limit] Most characters; longer text ends in an ellipsis.
 * @returns {string}
 */
export function plain(text, limit = 1000) {
  const cut =
    text.length > limit
      ? `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}\u2026`
      : text;
  return cut.replace(PILE, "$1").replace(UNSEEN, (found) => {
    const code = found.codePointAt(0).toString(16);
    if (code.length < 3) return `\\x${code.padStart(2, "0")}`;
    return code.length < 5
      ? `\\u${code.padStart(4, "0")}`
      : `\\U${code.padStart(8, "0")}`;
  });
}

/** Text of several lines on one: line ends and tabs are no disguise. */
export const oneLine = (text) => text.replace(/[\r\n\t]+/g, " ");
