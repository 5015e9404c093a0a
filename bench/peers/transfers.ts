import { copyFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { makeFile } from "../make-file.ts";
import { measureProcess } from "../measure-process.ts";
import { root } from "../root.ts";
import { bundleSubject, runSubject } from "../subject.ts";
import type { Contest, Contestant } from "./contest.ts";
import type { Peer } from "./peer.ts";

const sizeBytes = 200_000_000;

export interface TransferServers {
  /** Takes uploads. */
  readonly uploadUrl: string;
  /** Has a file of 200 MB. */
  readonly downloadUrl: string;
}

/** Uploads and downloads by the clients that people use. */
export async function transfers(peer: Peer, folder: string, servers: TransferServers): Promise<Contest[]> {
  const path = makeFile(join(folder, "clip.mp4"), sizeBytes);
  const target = join(folder, "came.mp4");
  const upload = await bundleSubject("upload.ts", folder);
  const download = await bundleSubject("download.ts", folder);
  const { uploadUrl, downloadUrl } = servers;
  const file = `${downloadUrl}/file.mp4`;
  const anew =
    (run: Contestant["run"]): Contestant["run"] =>
    () => {
      rmSync(target, { force: true });
      return run();
    };
  const one = ["-s", "-f", "-F", `files=@${path}`, uploadUrl];
  const eight = Array.from({ length: 8 }, () => [...one, "--next"]).flat();
  const parallel = ["-Z", "--parallel-immediate", ...eight.slice(0, -1)];
  const peers = (...args: string[]): Contestant[] => [
    { name: peer.versions[0] ?? "", run: anew(() => script(peer, "axios-transfer.mjs", args)) },
    {
      name: `fetch of Node ${process.versions.node}`,
      run: anew(() => script(peer, "fetch-transfer.mjs", args)),
    },
  ];
  return [
    {
      id: "P4",
      task: "200 MB are uploaded",
      floor: { name: "curl -F", run: shell("curl", one) },
      contestants: [
        { name: "nemo-recipe", run: () => upload([uploadUrl, path]) },
        ...peers("upload", uploadUrl, path, "1"),
      ],
    },
    {
      id: "P5",
      task: "8 × 200 MB are uploaded at once",
      floor: { name: "curl -Z", run: shell("curl", parallel) },
      contestants: [
        { name: "nemo-recipe", run: () => upload([uploadUrl, path, "8"]) },
        ...peers("upload", uploadUrl, path, "8"),
      ],
    },
    {
      id: "P6",
      task: "200 MB are downloaded and hashed; synced by us alone",
      floor: {
        name: "curl -o, then sha256sum",
        run: anew(shell("bash", ["-c", 'curl -s -f -o "$2" "$1" && sha256sum "$2"', "bench", file, target])),
      },
      contestants: [
        { name: "nemo-recipe", run: anew(() => download([downloadUrl, file, target])) },
        ...peers("download", file, target, "1"),
      ],
    },
  ];
}

const shell = (command: string, args: readonly string[]) => () => measureProcess({ command, args });

/** A script of ours that finds the peer's packages: it is put beside them. */
function script(peer: Peer, name: string, args: readonly string[]): ReturnType<Contestant["run"]> {
  const file = join(peer.folder, basename(name));
  copyFileSync(join(root, "bench/peers", name), file);
  return runSubject([file, join(root, "bench/subjects/measure-here.ts"), ...args], process.env);
}
