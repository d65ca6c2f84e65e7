/**
 * Dates and times of credentials: exact about what is one, tolerant about nothing.
 * VC Data Model 2.0 section 4.9 (`dateTimeStamp`), 1.1 also without a time zone (UTC).
 */
import { invalid } from "./failure.js";

const FORM =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/;
const STAMP = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
// The calendar of the command line: the years 1 to 9999.
const FIRST = -62135596800000;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** Clocks of issuers and readers differ a little: milliseconds. */
export const SKEW = 60000;

/** @returns {boolean} Whether a text has the form of xsd:dateTimeStamp. */
export const isStamp = (text) => STAMP.test(text);

/**
 * Reads a moment.
 * @param {string} text As written in the credential.
 * @param {boolean} zoneRequired Whether a time without a zone is refused.
 * @param {string} instance JSON Pointer of the member, for the failure.
 * @returns {number} Milliseconds since 1970.
 */
export function parse(text, zoneRequired, instance) {
  const found = FORM.exec(text);
  const moment = found && (!zoneRequired || found[8]) ? momentOf(found) : NaN;
  if (Number.isNaN(moment)) {
    throw invalid(
      `'${text.slice(0, 40)}' is no date and time such as 2026-11-25T12:00:00Z`,
      { type: "date", instance, next: "ask the issuer for a corrected copy" },
    );
  }
  return moment;
}

function momentOf(found) {
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  const fraction = Number(`0.${(found[7] ?? "0").slice(0, 6)}`) * 1000;
  // XML Schema: 24:00:00 is midnight at the end of the day.
  const midnight = hour === 24 && !minute && !second && !fraction;
  const zone = zoneOf(found[8]);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real =
    year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!real || (hour > 23 && !midnight) || minute > 59 || second > 59) return NaN;
  date.setUTCHours(hour, minute, second);
  // Written with its zone, a moment may lie a little outside of the calendar.
  return date.getTime() > LAST ? NaN : date.getTime() + fraction - zone;
}

function zoneOf(text) {
  if (text === undefined || text === "Z") return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  if (Number(text.slice(4, 6)) > 59 || minutes > 14 * 60) return NaN;
  return (text[0] === "-" ? -minutes : minutes) * 60000;
}

/**
 * Reads a NumericDate (RFC 7519 section 2).
 * @returns {number} Milliseconds since 1970, NaN if the value is none.
 */
export function numeric(value) {
  const moment = typeof value === "number" ? value * 1000 : NaN;
  return moment >= FIRST && moment <= LAST ? moment : NaN;
}

/** @returns {string} A moment as RFC 3339 writes it, without parts of a second. */
export const written = (moment) =>
  new Date(moment).toISOString().replace(/\.\d+Z$/, "Z");
