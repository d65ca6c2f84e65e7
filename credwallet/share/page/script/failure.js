/**
 * What can go wrong, in words for people: as the errors of the command line.
 *
 * `invalid` is known to be bad, `undetermined` cannot be told. Nothing else may become
 * a verdict: any other exception is a defect of ours, and is shown as one.
 */
export class Failure extends Error {
  /**
   * @param {"invalid"|"undetermined"} kind
   * @param {string} message One line, lower case, no full stop.
   * @param {{type?: string, instance?: string, next?: string}} [more] Short name of the
   *     problem, JSON Pointer of the member at fault, what can be done.
   */
  constructor(kind, message, more = {}) {
    super(message);
    this.kind = kind;
    this.type = more.type ?? kind;
    this.instance = more.instance ?? "";
    this.next = more.next ?? "";
  }
}

/** Known to be bad. */
export const invalid = (message, more) => new Failure("invalid", message, more);

/** Cannot be told. */
export const undetermined = (message, more) =>
  new Failure("undetermined", message, more);
