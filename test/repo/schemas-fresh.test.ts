// schemas/ is what the code says; `npm run schemas` writes it anew.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { callCli } from "../support/call-cli.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("schemas", () => {
  test.each(["recipe", "config", "event"])("%s is fresh", async (name) => {
    const { stdout, exitCode } = await callCli(["schema", name], { cwd: root });
    expect(exitCode).toBe(0);
    const kept = readFileSync(join(root, "schemas", `${name}.schema.json`), "utf8");
    expect(JSON.parse(kept)).toEqual(JSON.parse(stdout));
    expect(kept).toContain('"description"');
  });
});
