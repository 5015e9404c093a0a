import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measureProcess } from "./measure-process.ts";
import { root } from "./root.ts";
import type { Sample } from "./row.ts";
import { startServer } from "./start-server.ts";

const jobs = 1000;
const atOnce = 8;
const recipe = `name: thousand
batch: each
inputs: photos/*.jpg
prompts: make a 6-second video of my picture with a slow zoom and calm music
export: { format: mp4, to: "\${{ input.stem }}.mp4" }
poll: { state: 1ms, render: 1ms }
`;

/** A thousand photos, and a service that answers at once. */
export interface Flow {
  /** `nemo-recipe run` from start to exit. */
  product(): Promise<Sample>;
  /** A script that takes server, photos, videos, how many at once, and `more`. */
  script(file: string, more?: readonly string[]): Promise<Sample>;
  close(): Promise<void>;
}

export async function startFlow(bin: string, folder: string): Promise<Flow> {
  writePhotos(join(folder, "photos"));
  writeFileSync(join(folder, "recipe.yaml"), recipe);
  const server = await startServer("instant-server.ts", [join(root, "test/fixtures/media/clip.mp4")]);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    product: () => product(bin, url, folder),
    script: (file, more = []) => script([file, url, join(folder, "photos")], more, folder),
    close: () => server.close(),
  };
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

async function script(called: readonly string[], more: readonly string[], folder: string): Promise<Sample> {
  const home = mkdtempSync(join(folder, "home-"));
  const videos = join(home, "videos");
  mkdirSync(videos);
  const args = [...called, videos, String(atOnce), ...more];
  return counted(await measureProcess({ command: process.execPath, args }), home);
}

function counted(sample: Sample, home: string): Sample {
  const made = readdirSync(join(home, "videos")).length;
  if (made !== jobs) throw new Error(`${made} of ${jobs} videos were made`);
  rmSync(home, { recursive: true, force: true });
  return sample;
}
