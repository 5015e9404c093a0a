// Writes docs/errors.md. `npm run docs`
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorDocs } from "./error-docs.ts";

writeFileSync(join(import.meta.dirname, "..", "docs", "errors.md"), errorDocs());
