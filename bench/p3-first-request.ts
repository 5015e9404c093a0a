import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { installPackage } from "./installed-package.ts";
import { measureProcess } from "./measure-process.ts";
import { root } from "./root.ts";
import type { BenchRow, Sample } from "./row.ts";
import { takeTurns } from "./take-turns.ts";

const killed = 137;

export const p3: BenchRow = {
  id: "P3",
  title: "`run` up to its first request",
  says: "Config, recipe, inputs, hashes, the journal opened on disk, the plan: all that comes before a byte leaves. The program is killed when its first request arrives; writing the compile cache, which comes at the end of a run, is therefore not in it.",
  rounds: 21,
  async run({ rounds, folder }) {
    const bin = installPackage(folder);
    mkdirSync(join(folder, "photos"));
    copyFileSync(join(root, "test/fixtures/media/picture.jpg"), join(folder, "photos/1.jpg"));
    writeFileSync(
      join(folder, "recipe.yaml"),
      "inputs: photos/*.jpg\nprompts: make a 10-second video of my photo\n",
    );
    const subject = await firstRequest(bin, folder);
    // A run that comes to its end fills the cache of compiled code.
    await subject.whole();
    const floor = (): Promise<Sample> => measureProcess({ command: process.execPath, args: ["-e", "0"] });
    const samples = await takeTurns({ rounds, floor, subject: subject.untilRequest });
    subject.close();
    return [{ name: "start", floor: "`node -e 0`", ...samples, goals: [{ of: "cpu", mostRatio: 5 }] }];
  },
};

interface FirstRequest {
  untilRequest(): Promise<Sample>;
  /** Until it ends because its request is refused. */
  whole(): Promise<Sample>;
  close(): void;
}

async function firstRequest(bin: string, folder: string): Promise<FirstRequest> {
  let pid: number | undefined;
  const server = createServer((_request, response) => {
    if (pid === undefined) response.writeHead(403).end('{"code":403,"message":"no"}');
    else process.kill(pid, "SIGKILL");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const start = (exitCodes: readonly number[], onStart: (started: number) => void): Promise<Sample> => {
    const home = mkdtempSync(join(folder, "home-"));
    const env = { HOME: home, NEMO_API_URL: url, NEMO_WEB_URL: url, NEMO_TOKEN: "nmv_usr_bench" };
    const args = [bin, "run", "recipe.yaml", "--yes", "--quiet", "--state-dir", join(home, "state")];
    return measureProcess({ command: process.execPath, args, cwd: folder, env, exitCodes, onStart });
  };
  return {
    untilRequest: () => {
      pid = undefined;
      return start([killed], (started) => (pid = started));
    },
    whole: () => {
      pid = undefined;
      return start([0, 1, 3], () => {});
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
