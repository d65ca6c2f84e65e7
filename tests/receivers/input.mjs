// Reads the question on stdin, writes the answer on stdout: JSON both.
import { readFileSync } from "node:fs";

export const question = () => JSON.parse(readFileSync(0, "utf8"));

export const answer = (value) => process.stdout.write(JSON.stringify(value));
