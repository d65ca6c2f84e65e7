/** Answers to the questions of a report: never a bool, always an outcome and a note. */

/** Answers yes; problems here are remarks. */
export const passed = (id, note = "", problems = []) => ({
  id,
  outcome: "passed",
  note,
  problems,
});

/** Says that the question did not arise, and why. */
export const skipped = (id, note) => ({ id, outcome: "skipped", note, problems: [] });

/** Answers with findings; the first one's words are the note. */
export const answer = (id, outcome, ...problems) => ({
  id,
  outcome,
  note: problems[0].title,
  problems,
});
