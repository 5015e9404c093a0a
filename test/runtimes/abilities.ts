// What the README's table says of each runtime: a row here is a row there. A try throws, or says what its cell says.
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "vitest";
import { denoLine } from "../../.ci/deno-line.ts";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { loopbackCertificate } from "../support/loopback-certificate.ts";
import { startRawServer } from "../support/raw-server.ts";
import { cli, root, writeRecipe, type Ended, type Place } from "./place.ts";

/** One row of the table. */
export interface Ability {
  readonly says: string;
  readonly tryOn: (place: Place) => Promise<"yes" | "–">;
}

const isVideo = (path: string): boolean => readFileSync(path).subarray(4, 8).toString() === "ftyp";

async function makesVideo(place: Place): Promise<"yes"> {
  copyFileSync(join(root, "test/fixtures/media/photo.heic"), join(place.cwd, "photo.heic"));
  const made = await cli(place, ["run", "photo.heic", "--prompt", "a 1-second video", "--local"]);
  expect(made).toMatchObject({ code: 0, stdout: "out/prompt.mp4\n" });
  expect(made.stderr).not.toContain("Warning");
  expect(isVideo(join(place.cwd, "out/prompt.mp4"))).toBe(true);
  return "yes";
}

/** What `work` does with a service of its own, whose address is in the environment. */
async function withService<T extends Ended | "yes">(
  work: (service: Emulator, env: Readonly<Record<string, string>>) => Promise<T>,
  faults = "",
): Promise<T> {
  const service = await startEmulator({ workMs: 100, pace: 0.3, faults });
  try {
    return await work(service, { NEMO_API_URL: service.url });
  } finally {
    await service.close();
  }
}

async function goesOn(place: Place): Promise<"yes"> {
  writeRecipe(place, "promo.yaml");
  return withService(async ({ ledger }, env) => {
    const killed = await cli(place, ["run", "promo.yaml", "--json"], {
      env,
      onOutput: (text, kill) => text.includes('"turn-settled"') && kill("SIGKILL"),
    });
    expect(killed.code).not.toBe(0);
    expect(await cli(place, ["resume"], { env })).toMatchObject({ code: 0, stdout: "out/promo.mp4\n" });
    expect(ledger.turns).toHaveLength(1);
    return "yes";
  });
}

async function watches(place: Place): Promise<"yes"> {
  writeRecipe(place, "clip.yaml", "name: clip\nwatch: { folder: inbox, settle: 200ms }\n");
  mkdirSync(join(place.cwd, "inbox"));
  let isDropped = false;
  let isAsked = false;
  const { code, stdout, stderr } = await cli(place, ["watch", "clip.yaml", "--local"], {
    onOutput: (text, kill) => {
      // Once: a second signal may come when nobody listens any more.
      if (isDropped && !isAsked && /\.mp4\n/.test(text)) {
        isAsked = true;
        kill("SIGTERM");
      }
      if (isDropped || !/watching/i.test(text)) return;
      isDropped = true;
      copyFileSync(join(root, "test/fixtures/media/picture.jpg"), join(place.cwd, "new.jpg"));
      renameSync(join(place.cwd, "new.jpg"), join(place.cwd, "inbox/new.jpg"));
    },
  });
  expect([code, stdout], stderr).toEqual([130, expect.stringMatching(/^out\/.*\.mp4\n$/)]);
  return "yes";
}

async function schedules(place: Place): Promise<"yes"> {
  writeRecipe(place, "daily.yaml", 'schedule: { cron: "30 2 * * *", timezone: Europe/Paris }\n');
  const { code, stdout } = await cli(place, ["schedule", "daily.yaml", "--next", "3"]);
  expect([code, stdout.trim().split("\n").length], stdout).toEqual([0, 3]);
  return "yes";
}

async function readsTypescript(place: Place): Promise<"yes"> {
  writeFileSync(join(place.cwd, "nemo-recipe.config.ts"), "export default { concurrency: 3 as number };\n");
  const { stdout } = await cli(place, ["doctor", "--config"]);
  expect(stdout).toMatch(/concurrency +3 .*nemo-recipe\.config\.ts/);
  expect(stdout).toMatch(/maxTurn|apiUrl +https:\S+ +default/);
  return "yes";
}

interface Finding {
  readonly about: string;
  readonly mark: string;
  readonly says: string;
  readonly hint?: string;
}

const findings = ({ stdout }: Ended): ReadonlyMap<string, Finding> =>
  new Map((JSON.parse(stdout) as Finding[]).map((finding) => [finding.about, finding]));

async function isExamined(place: Place): Promise<"yes"> {
  const well = await withService((_service, env) => cli(place, ["doctor", "--json"], { env }));
  expect(well.code, well.stdout).toBe(0);
  const [kind] = place.runtime.name.split(",");
  expect(findings(well).get("runtime")?.says).toMatch(new RegExp(`^${kind} \\d+\\.\\d+\\.\\d+$`));
  for (const about of ["journal", "credentials", "account", "service", "ffmpeg"])
    expect(findings(well).get(about), about).toMatchObject({ mark: "ok" });
  const ill = await cli(place, ["doctor", "--json"], { env: { NEMO_API_URL: "http://127.0.0.1:9" } });
  expect(ill.code).toBe(1);
  expect(findings(ill).get("service")).toMatchObject({
    mark: "bad",
    hint: expect.stringMatching(/HTTPS_PROXY/),
  });
  return "yes";
}

/** The service behind TLS, whose certificate nobody trusts who was not told to, and a proxy that leads to it. */
async function isReached(place: Place): Promise<"yes"> {
  const target = createServer(loopbackCertificate, (_request, response) => response.end("{}"));
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
  const { port } = target.address() as AddressInfo;
  let tunnels = 0;
  const proxy = await startRawServer({
    onConnect: (socket) =>
      socket.once("data", () => {
        tunnels += 1;
        const onward = connect(port, "127.0.0.1", () => {
          socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
          socket.pipe(onward).pipe(socket);
        });
        for (const one of [onward, socket]) one.on("error", () => void onward.destroy());
      }),
  });
  writeFileSync(join(place.cwd, "company.pem"), loopbackCertificate.cert);
  const trusting = { NODE_EXTRA_CA_CERTS: join(place.cwd, "company.pem") };
  const ask = async (env: Readonly<Record<string, string>>): Promise<Finding | undefined> =>
    findings(
      await cli(place, ["doctor", "--json"], { env: { NEMO_API_URL: `https://localhost:${port}`, ...env } }),
    ).get("service");
  try {
    expect(await ask({})).toMatchObject({ mark: "bad" });
    expect(await ask(trusting)).toMatchObject({ mark: "ok" });
    expect(tunnels).toBe(0);
    expect(await ask({ ...trusting, HTTPS_PROXY: proxy.url })).toMatchObject({ mark: "ok" });
    expect(tunnels).toBe(1);
    return "yes";
  } finally {
    target.closeAllConnections();
    target.close();
    await proxy.close();
  }
}

async function isLibrary(place: Place): Promise<"yes"> {
  const script = join(root, "test/runtimes/program.ts");
  expect(await cli(place, [], { script })).toMatchObject({ code: 0, stdout: "true 1 1\n" });
  return "yes";
}

/** The README's own line, from source: its videos lie on another host, which it may not ask. */
async function isNarrow(place: Place): Promise<"yes" | "–"> {
  if (place.runtime.name !== "Deno") return "–";
  writeRecipe(place, "promo.yaml");
  return withService(async ({ url }, env) => {
    const flagsFor = (host: string): string[] =>
      (/^deno ([^]*?)npm:nemo-recipe/.exec(denoLine(host, "promo.yaml"))?.[1] ?? "")
        .replaceAll("$HOME", place.cwd)
        .replace("--allow-read=", `--allow-read=${root},`)
        .split(/[\s\\]+/)
        .filter((flag) => flag !== "");
    const run = (host: string, ...args: string[]): Promise<Ended> => {
      const runtime = { ...place.runtime, args: flagsFor(host) };
      const line = args.length > 0 ? args : ["run", "promo.yaml"];
      return cli({ ...place, runtime }, [...line, "--state-dir", ".nemo-recipe"], { env });
    };
    const { host } = new URL(url);
    expect(await run(host)).toMatchObject({ code: 0, stdout: "out/promo.mp4\n" });
    const told = await run(host, "doctor", "--json");
    expect([told.code, findings(told).get("runtime")?.mark], told.stderr).toEqual([0, "ok"]);
    const { code, stderr } = await run("127.0.0.1:9");
    expect([code, stderr.includes("bug:")]).toEqual([0, false]);
    return "yes";
  }, "foreign-link");
}

export const abilities: readonly Ability[] = [
  { says: "`run`: a video from a HEIC photo, `--local`", tryOn: makesVideo },
  { says: "killed in the middle, `resume` goes on and pays nothing again", tryOn: goesOn },
  { says: "`watch` makes a video of a file that comes", tryOn: watches },
  { says: "`schedule --next`, with time zones", tryOn: schedules },
  { says: "settings in TypeScript", tryOn: readsTypescript },
  { says: "`doctor` finds all well, and what is not", tryOn: isExamined },
  { says: "`HTTPS_PROXY`, `NODE_EXTRA_CA_CERTS`", tryOn: isReached },
  { says: "the library, from TypeScript", tryOn: isLibrary },
  { says: "permissions as narrow as the job", tryOn: isNarrow },
];
