// What people install: few packages, exact versions, no install scripts. `.ci/try-package.ts` tries the archive itself.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bundledPackages } from "../../.ci/bundled-packages.mjs";
import { shippedPackages } from "../../.ci/shipped-packages.ts";

import { proven } from "../support/proven.ts";
type Versions = Readonly<Record<string, string>>;
interface Info {
  readonly scripts: Versions;
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly publishConfig: Versions;
  readonly repository: { readonly url: string };
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));
const info = read("package.json") as Info;

describe("the package", () => {
  test("X8, P15: brings at most 30 packages, none with an install script", () => {
    const all = [...shippedPackages()];
    expect(all.length).toBeGreaterThan(Object.keys(info.dependencies).length);
    expect(all.length).toBeLessThanOrEqual(30);
    expect(
      all.filter(([, { version, hasInstallScript }]) => version === undefined || hasInstallScript),
    ).toEqual([]);
    expect(Object.keys(info.scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual(
      [],
    );
    proven("X8", `${all.length} packages are shipped, none runs a script when it is installed`);
  });

  test("names exact versions, and each package once", () => {
    const all = { ...info.dependencies, ...info.devDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(Object.keys(info.dependencies).filter((name) => name in info.devDependencies)).toEqual([]);
  });

  test("what is bundled is installed here and nowhere else", () => {
    expect(bundledPackages.filter((name) => !(name in info.devDependencies))).toEqual([]);
  });

  test("is published by a tag, checked whole, with a statement of where it was built", () => {
    const workflow = readFileSync(join(root, ".github/workflows/release.yml"), "utf8");
    expect(info.publishConfig).toEqual({ access: "public", provenance: true });
    expect(info.repository.url).toMatch(/^git\+https:\/\/github\.com\/[\w-]+\/nemo-recipe\.git$/);
    expect(workflow).toContain("id-token: write");
    expect(workflow.indexOf("run: .ci/run")).toBeGreaterThan(0);
    expect(workflow.indexOf("npm publish --provenance")).toBeGreaterThan(workflow.indexOf("run: .ci/run"));
  });

  test("offers the library with types, the schemas and the recipes", () => {
    expect(info.exports).toMatchObject({
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./schemas/*": "./schemas/*",
      "./recipes/*": "./recipes/*",
    });
  });
});
