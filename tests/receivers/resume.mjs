// @jsonresume/schema judges a resume: {resume} -> {errors}.
import schema from "@jsonresume/schema";
import { answer, question } from "./input.mjs";

schema.validate(question().resume, (errors) => {
  answer({ errors: (errors ?? []).map((error) => error.stack ?? String(error)) });
});
