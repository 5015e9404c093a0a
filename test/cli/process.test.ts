import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeEach, expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
let dir = "";
beforeEach(() => {
  dir = tempDir();
});

test("the version is the package's, told without loading the program", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  cpSync(join(root, "bin"), join(dir, "bin"), { recursive: true });
  cpSync(join(root, "package.json"), join(dir, "package.json"));
  const { stdout } = await run(process.execPath, [join(dir, "bin/nemo-recipe.js"), "--version"]);
  expect(stdout).toBe(`${version}\n`);
});

test("a video is made by a process of its own, and its path is all that stdout has", async () => {
  writeFileSync(join(dir, "tiny.yaml"), "prompts: make a 1-second video\n");
  const made = await runCli(["run", "tiny.yaml", "--local"], { cwd: dir });
  expect(made).toMatchObject({ exitCode: 0, stdout: "out/tiny.mp4\n" });
  for (const text of ["Warning", "\u001b"]) expect(made.stderr).not.toContain(text);
  expect(readFileSync(join(dir, "out/tiny.mp4")).subarray(4, 8).toString()).toBe("ftyp");
});

test("SIGTERM ends a run with 130 and leaves it to resume", async () => {
  writeFileSync(join(dir, "tiny.yaml"), "prompts: make a 1-second video\n");
  let sent = false;
  const stopped = await runCli(["run", "tiny.yaml", "--local"], {
    cwd: dir,
    onOutput: (text, kill) => {
      if (!sent && text.includes("make a 1-second")) kill("SIGTERM");
      sent ||= text.includes("make a 1-second");
    },
  });
  expect(stopped).toMatchObject({ exitCode: 130, stdout: "" });
  const resumed = await runCli(["resume"], { cwd: dir });
  expect(resumed).toMatchObject({ exitCode: 0, stdout: "out/tiny.mp4\n" });
});

const posix = process.platform === "win32" ? [] : [["bash"]];
test.each(posix)("a reader that has seen enough disturbs nothing (%s)", async (shell) => {
  const bin = join(root, "bin/nemo-recipe.js");
  const line = `"${process.execPath}" "${bin}" schema recipe 2>err | head -c 1; echo " \${PIPESTATUS[0]}"`;
  const { stdout } = await run(shell, ["-c", line], { cwd: dir });
  expect(stdout).toBe("{ 0\n");
  expect(readFileSync(join(dir, "err"), "utf8")).toBe("");
});

/** Deno says nothing of it by an event: there such a write throws where it stands. */
const fullDisks = existsSync("/dev/full") && !("deno" in process.versions) ? [["/dev/full"]] : [];
test.each(fullDisks)(
  "results that a full disk does not take (%s) end no work, and are told of",
  async (full) => {
    writeFileSync(join(dir, "tiny.yaml"), "prompts: make a 1-second video\n");
    const clean = `env -i PATH="$PATH" HOME="${dir}"`;
    const bin = join(root, "bin/nemo-recipe.js");
    const line = `${clean} "${process.execPath}" "${bin}" run tiny.yaml --local --json >${full} 2>err; echo $?`;
    expect((await run("bash", ["-c", line], { cwd: dir })).stdout).toBe("1\n");
    expect(readFileSync(join(dir, "err"), "utf8")).toContain("not all could be printed: the disk is full");
    expect(existsSync(join(dir, "out/tiny.mp4"))).toBe(true);
  },
);

/** What an old runtime would say of itself. */
const pretend = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.1.0"}})';
const onNode = "bun" in process.versions || "deno" in process.versions ? [] : [["20.1.0"]];

test.each(onNode)("Node %s is told what to do, with exit 2", async () => {
  cpSync(join(root, "bin"), join(dir, "bin"), { recursive: true });
  writeFileSync(join(dir, "package.json"), '{ "type": "module", "version": "1.0.0" }');
  const args = ["--import", pretend, join(dir, "bin/nemo-recipe.js"), "runs"];
  await expect(run(process.execPath, args)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/needs Node 22\.22 or newer[^]*https:\/\/nodejs\.org/),
  });
});

test.each(onNode)("Node %s starts again with the newer one that is installed", async () => {
  cpSync(join(root, "bin"), join(dir, "bin"), { recursive: true });
  writeFileSync(join(dir, "package.json"), '{ "type": "module", "version": "1.0.0" }');
  const os = process.platform === "win32" ? "win" : process.platform;
  const folder = join(dir, `node_modules/node-${os}-${process.arch}/bin`);
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(dir, "dist"));
  cpSync(process.execPath, join(folder, os === "win" ? "node.exe" : "node"));
  writeFileSync(
    join(dir, "dist/cli.js"),
    "export const start = () => console.log(process.execPath, process.argv[2]);",
  );
  const args = ["--import", pretend, join(dir, "bin/nemo-recipe.js"), "runs"];
  const { stdout } = await run(process.execPath, args);
  expect(stdout).toContain(`${folder}`);
  expect(stdout).toMatch(/ runs\n$/);
});
