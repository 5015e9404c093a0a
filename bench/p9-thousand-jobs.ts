import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPackage } from "./installed-package.ts";
import { measureProcess } from "./measure-process.ts";
import { root } from "./root.ts";
import type { BenchRow, Comparison, Sample } from "./row.ts";
import { startServer } from "./start-server.ts";
import { takeTurns, type Turns } from "./take-turns.ts";

const jobs = 1000;
const atOnce = 8;
const recipe = `name: thousand
batch: each
inputs: photos/*.jpg
prompts: make a 6-second video of my picture with a slow zoom and calm music
export: { format: mp4, to: "\${{ input.stem }}.mp4" }
poll: { state: 1ms, render: 1ms }
`;

export const p9: BenchRow = {
  id: "P9",
  title: "the whole flow, 1,000 jobs",
  says: "`nemo-recipe run` from start to exit, with journal on disk, hashes, checks and synced files, eight jobs at once, against a script of 65 lines on global fetch. The server answers at once, so that nothing but our own work is seen. The first script makes the calls that tell whether a turn is over, as the product must (16 a job); the second trusts the stream's end (7 a job).",
  rounds: 3,
  async run({ rounds, folder }) {
    const bin = installPackage(folder);
    writePhotos(join(folder, "photos"));
    writeFileSync(join(folder, "recipe.yaml"), recipe);
    const server = await startServer("instant-server.ts", [join(root, "test/fixtures/media/clip.mp4")]);
    const url = `http://127.0.0.1:${server.port}`;
    const settling = { url, folder, settle: true };
    try {
      const subject = (): Promise<Sample> => product(bin, url, folder);
      const careful = { rounds, subject, floor: () => script(settling) };
      const short = { rounds, subject, floor: () => script({ ...settling, settle: false }) };
      return [
        await compare("as many calls", "a script with the same calls", careful),
        await compare("half the calls", "the shortest script", short),
      ];
    } finally {
      await server.close();
    }
  },
};

async function compare(name: string, floor: string, turns: Turns): Promise<Comparison> {
  const goals = [
    { of: "cpu", mostRatio: 0.9 },
    { of: "wall", mostRatio: 1 },
  ] as const;
  return { name, floor, ...(await takeTurns(turns)), goals };
}

/** Small JPEGs, no two of which are the same. */
function writePhotos(folder: string): void {
  const picture = readFileSync(join(root, "test/fixtures/media/picture.jpg"));
  mkdirSync(folder);
  for (let index = 0; index < jobs; index++)
    writeFileSync(join(folder, `photo-${index}.jpg`), Buffer.concat([picture, Buffer.from(String(index))]));
}

/** Home, journal and videos are new for each run: nothing is known, nothing stands there. */
async function product(bin: string, url: string, folder: string): Promise<Sample> {
  const home = mkdtempSync(join(folder, "home-"));
  const paths = ["--out", join(home, "videos"), "--state-dir", join(home, "state")];
  const sample = await measureProcess({
    command: process.execPath,
    args: [bin, "run", "recipe.yaml", "--yes", "--quiet", "--concurrency", String(atOnce), ...paths],
    cwd: folder,
    env: { HOME: home, NEMO_API_URL: url, NEMO_WEB_URL: url, NEMO_TOKEN: "nmv_usr_bench" },
  });
  return counted(sample, home);
}

async function script(options: { url: string; folder: string; settle: boolean }): Promise<Sample> {
  const { url, folder, settle } = options;
  const home = mkdtempSync(join(folder, "home-"));
  const videos = join(home, "videos");
  mkdirSync(videos);
  const file = join(root, "bench/hand-written.mjs");
  const args = [file, url, join(folder, "photos"), videos, String(atOnce), ...(settle ? ["settle"] : [])];
  return counted(await measureProcess({ command: process.execPath, args }), home);
}

function counted(sample: Sample, home: string): Sample {
  const made = readdirSync(join(home, "videos")).length;
  if (made !== jobs) throw new Error(`${made} of ${jobs} videos were made`);
  rmSync(home, { recursive: true, force: true });
  return sample;
}
