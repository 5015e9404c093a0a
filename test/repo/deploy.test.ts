// docs/deploy: files that others run unseen. Each is read by the rules of its kind, and every command in them by our own.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { exitCodes } from "../../src/cli/exit-code.ts";
import { parseArguments } from "../../src/cli/command-line/parse-arguments.ts";
import { readCronLine } from "../../src/schedule/cron-line.ts";
import { tempDir } from "../support/temp-dir.ts";
import {
  calls,
  folder,
  read,
  readDockerfile,
  readPlist,
  readUnit,
  root,
  type Plist,
} from "./deploy-files.ts";

const files = readdirSync(folder);
const readme = read("README.md");
const services = ["nemo-recipe.service", "nemo-recipe-tick.service"] as const;
const state = "/var/lib/nemo-recipe";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: { readonly schedule: readonly { readonly cron: string }[] };
  readonly permissions: unknown;
  readonly concurrency: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly "timeout-minutes": number;
        readonly env: Record<string, string>;
        readonly steps: readonly Step[];
      }
    >
  >;
}
const workflow = parse(read("github-actions.yml"), { strict: true }) as Workflow;
const plist = readPlist(read("com.nemovideo.nemo-recipe.plist")) as Record<string, Plist>;
const docker = readDockerfile(read("Dockerfile"));
const valueOf = (name: string): string => docker.findLast((one) => one.name === name)?.value ?? "";

describe("every command in docs/deploy is one of ours", () => {
  const shell = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  const inline = [...readme.matchAll(/`((?:sudo -u nemo )?nemo-recipe \w[^`]*)`/g)].map(
    ([, text = ""]) => text,
  );
  const all = [
    ...services.flatMap((name) =>
      calls(`ExecStart= ${readUnit(read(name)).get("Service")?.get("ExecStart")}`),
    ),
    (plist["ProgramArguments"] as string[]).slice(1),
    [...(JSON.parse(valueOf("ENTRYPOINT")) as string[]), ...(JSON.parse(valueOf("CMD")) as string[])].slice(
      1,
    ),
    ...read("crontab").split("\n").flatMap(calls),
    ...Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run = "" }) => calls(run))),
    ...[...shell, ...inline].flatMap(calls),
  ];

  test("and they are all found", () => {
    expect(all.length).toBeGreaterThanOrEqual(12);
    expect(new Set(all.map(([command]) => command))).toEqual(
      new Set(["up", "tick", "validate", "schedule", "doctor", "status", "resume"]),
    );
  });

  test.each(all.map((argv) => ({ line: argv.join(" "), argv })))("$line", ({ argv }) => {
    expect(parseArguments(argv, "0.0.0").kind).toBe("command");
  });
});

describe("systemd", () => {
  test.each(services)(
    "%s keeps the state, ends in time, and is not started again where that mends nothing",
    (name) => {
      const unit = readUnit(read(name));
      const service = unit.get("Service") ?? new Map<string, string>();
      expect([...unit.keys()]).toEqual(
        name.includes("tick") ? ["Unit", "Service"] : ["Unit", "Service", "Install"],
      );
      expect(service.get("StateDirectory")).toBe("nemo-recipe");
      expect(service.get("Environment")).toBe(
        `NEMO_RECIPE_STATE_DIR=${state} XDG_CONFIG_HOME=${state}/config`,
      );
      expect(service.get("ExecStart")).toMatch(/^\//);
      expect(service.get("User")).not.toBe("root");
      expect(service.get("SuccessExitStatus")).toBe(String(exitCodes.interrupted));
      expect(Number(service.get("TimeoutStopSec"))).toBeGreaterThan(10);
      const { usage, refused, mayBeLive } = exitCodes;
      if (service.has("Restart"))
        expect(service.get("RestartPreventExitStatus")).toBe(`${usage} ${refused} ${mayBeLive}`);
    },
  );

  test("the timer asks for the service of its name", () => {
    const timer = readUnit(read("nemo-recipe-tick.timer"));
    expect([...timer.keys()]).toEqual(["Unit", "Timer", "Install"]);
    expect(timer.get("Timer")?.get("OnCalendar")).toMatch(/^\*:0\/\d+$/);
    expect(timer.get("Timer")?.has("Unit")).toBe(false);
  });

  test("its own checker finds nothing, where it is installed", () => {
    const here = spawnSync("systemd-analyze", ["--version"]).status === 0;
    if (!here) return console.log("systemd-analyze is not here: the units were read by our own rules alone");
    const dir = tempDir();
    const units = files.filter((name) => /\.(service|timer)$/.test(name)).map((name) => join(dir, name));
    // The program need not be installed for the unit to be right.
    for (const path of units)
      writeFileSync(
        path,
        readFileSync(path.replace(dir, folder), "utf8").replace("/usr/local/bin/nemo-recipe", "/bin/true"),
      );
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", ...units], { encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
    return undefined;
  });
});

describe("launchd", () => {
  test("the list is one, with its file's name, absolute paths, and no restart but after a crash", () => {
    expect(plist["Label"]).toBe("com.nemovideo.nemo-recipe");
    const {
      ProgramArguments: [program] = [],
      WorkingDirectory,
      StandardErrorPath,
      StandardOutPath,
    } = plist as Record<string, string>;
    for (const path of [program, WorkingDirectory, StandardErrorPath, StandardOutPath])
      expect(path).toMatch(/^\/[^~$]*$/);
    expect(plist["KeepAlive"]).toEqual({ Crashed: true });
    expect(plist["ExitTimeOut"]).toBeGreaterThan(10);
  });

  test.each([
    ["<plist><dict><key>a</key></dict></plist>", "not known|closes nothing"],
    ["<plist><dict><key>a</key><string>b</dict></plist>", "missing"],
    ["<plist><array><true/></plist>", "missing"],
    ["<plist><dict></dict>", "no end"],
  ])("%s is refused", (text, why) => {
    expect(() => readPlist(text)).toThrow(new RegExp(why));
  });
});

describe("Dockerfile", () => {
  const known = "FROM RUN COPY ENV USER WORKDIR VOLUME STOPSIGNAL ENTRYPOINT CMD".split(" ");

  test("has only what is known, and pinned bases that the package runs on", () => {
    expect(docker.filter(({ name }) => !known.includes(name))).toEqual([]);
    const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      engines: { node: string };
    };
    const least = Number(/\d+/.exec(engines.node)?.[0]);
    const bases = docker
      .filter(({ name }) => name === "FROM")
      .map(({ value }) => /^node:(\d+)-[\w-]+( AS \w+)?$/.exec(value)?.[1]);
    expect(bases).toHaveLength(2);
    for (const major of bases) expect(Number(major)).toBeGreaterThanOrEqual(least);
  });

  test("keeps the state in a volume, holds no secret, and does not run as root", () => {
    const env = docker
      .filter(({ name }) => name === "ENV")
      .map(({ value }) => value)
      .join(" ");
    expect(env).toContain("NEMO_RECIPE_STATE_DIR=/state ");
    expect(env).toContain("XDG_CONFIG_HOME=/state/");
    expect(JSON.parse(valueOf("VOLUME"))).toEqual(["/state"]);
    expect(env).not.toMatch(/TOKEN|SECRET|PASSWORD/);
    expect(valueOf("USER")).toBe("node");
    const user = docker.findLastIndex(({ name }) => name === "USER");
    expect(docker.slice(user).some(({ name }) => name === "RUN" || name === "COPY")).toBe(false);
  });

  test("starts the program without a shell, so that SIGTERM reaches it", () => {
    for (const name of ["ENTRYPOINT", "CMD"])
      expect(() => JSON.parse(valueOf(name)) as unknown).not.toThrow();
    expect(valueOf("STOPSIGNAL")).toBe("SIGTERM");
    expect(docker.filter(({ name, value }) => name === "WORKDIR" && !value.startsWith("/"))).toEqual([]);
  });

  test("sends no modules, history or environment files to the engine", () => {
    const ignored = read("Dockerfile.dockerignore").trim().split("\n");
    expect(ignored).toEqual(expect.arrayContaining([".git", "**/node_modules", "**/*.env"]));
  });
});

test("the crontab's lines are times that our own schedule understands, and commands", () => {
  const lines = read("crontab")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const jobs = lines.filter((line) => !/^[A-Z_]+=\S+$/.test(line));
  expect(jobs).toHaveLength(1);
  for (const line of jobs) {
    const [, times = "", command = ""] = /^((?:\S+\s+){5})(.+)$/.exec(line) ?? [];
    expect(readCronLine(times.trim())).toHaveProperty("line");
    expect(command).not.toMatch(/(?<!\\)%/);
    expect(calls(command)).toHaveLength(1);
  }
});

describe("the CI workflow", () => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);
  const stepOf = (action: string): Step | undefined => steps.find(({ uses }) => uses?.startsWith(action));

  test("asks often, one at a time, and never cuts one off", () => {
    for (const { cron } of workflow.on.schedule) expect(readCronLine(cron)).toHaveProperty("line");
    expect(workflow.concurrency).toEqual({ group: "nemo-recipe", "cancel-in-progress": false });
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const job of jobs) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  test("fetches the journal before and keeps it after, however the run ended", () => {
    const [fetched, kept] = [stepOf("actions/cache/restore"), stepOf("actions/cache/save")];
    expect(kept?.if).toBe("${{ always() }}");
    expect(kept?.with?.["key"]).toBe(fetched?.with?.["key"]);
    expect(String(kept?.with?.["key"]).startsWith(String(fetched?.with?.["restore-keys"]))).toBe(true);
    for (const step of [fetched, kept]) expect(step?.with?.["path"]).toBe(".nemo-state");
    for (const { env } of jobs)
      expect(env["NEMO_RECIPE_STATE_DIR"]).toBe("${{ github.workspace }}/.nemo-state");
    const ticks = steps.filter(({ run = "" }) => run.includes("nemo-recipe tick"));
    for (const step of ticks) expect(steps.indexOf(step)).toBeGreaterThan(steps.indexOf(fetched as Step));
    for (const step of ticks) expect(steps.indexOf(step)).toBeLessThan(steps.indexOf(kept as Step));
    expect(ticks.filter(({ run = "" }) => run.includes("--new-state")).map(({ if: when }) => when)).toEqual([
      "${{ inputs.new_state }}",
    ]);
  });

  test("uses actions of a named version, and puts nothing from outside into a shell line", () => {
    expect(steps.filter(({ uses, run }) => (uses === undefined) === (run === undefined))).toEqual([]);
    for (const { uses = "actions/x@v1", run = "" } of steps) {
      expect(uses).toMatch(/^[\w-]+\/[\w/-]+@v\d+$/);
      expect(run).not.toContain("${{");
    }
  });
});

describe("docs/deploy/README.md", () => {
  test("names every file beside it, and links to what is there", () => {
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    const named = files.filter((name) => name !== "README.md" && !name.endsWith(".dockerignore"));
    expect(named.filter((name) => !links.includes(name))).toEqual([]);
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });
});
