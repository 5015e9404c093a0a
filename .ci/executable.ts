// Where the single-file executable begins: the recipes lie in the file itself, beside the code.
import info from "../package.json" with { type: "json" };
import { start } from "../src/cli/start.ts";

await start(new URL("./", import.meta.url), info.version);
