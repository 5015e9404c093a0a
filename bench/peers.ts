import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { installPackage } from "./installed-package.ts";
import { runContest, type Contest, type Standing } from "./peers/contest.ts";
import { installPeer } from "./peers/peer.ts";
import { starts } from "./peers/starts.ts";
import { transfers } from "./peers/transfers.ts";
import { mb, ms, times } from "./result-lines.ts";
import { root } from "./root.ts";
import { startFlow } from "./start-flow.ts";
import { startServer } from "./start-server.ts";

export interface ContestResult {
  readonly contest: Contest;
  readonly standings: readonly Standing[];
}

export interface Wish {
  readonly rounds: number;
  /** By the goal's number. */
  isWanted(id: string): boolean;
}

const fileBytes = 200_000_000;

/**
 * What others do the same tasks in. Their packages come from the registry into `folder`, at their newest, which is
 * why nothing runs this unasked.
 */
export async function comparePeers(folder: string, { rounds, isWanted }: Wish): Promise<ContestResult[]> {
  const bin = installPackage(folder);
  const clients = installPeer(["axios", "p-queue"], folder);
  const sink = await startServer("bulk-server.ts", ["0"]);
  const source = await startServer("bulk-server.ts", [String(fileBytes)]);
  const flow = await startFlow(bin, folder);
  const script = join(clients.folder, "axios-flow.mjs");
  copyFileSync(join(root, "bench/peers/axios-flow.mjs"), script);
  const at = ({ port }: { readonly port: number }): string => `http://127.0.0.1:${port}`;
  try {
    const servers = { uploadUrl: at(sink), downloadUrl: at(source) };
    const whole: Contest = {
      id: "P9",
      task: "1,000 videos are made, eight at once",
      floor: {
        name: "a script on fetch",
        run: () => flow.script(join(root, "bench/hand-written.mjs"), ["settle"]),
      },
      contestants: [
        { name: "nemo-recipe run", run: flow.product },
        { name: clients.versions.join(", "), run: () => flow.script(script) },
      ],
    };
    const starting = isWanted("P1") || isWanted("P2") ? starts(bin, folder) : [];
    const contests = [...starting, ...(await transfers(clients, folder, servers)), whole];
    const results: ContestResult[] = [];
    for (const contest of contests.filter(({ id }) => isWanted(id))) {
      const standings = await runContest(contest, rounds);
      results.push({ contest, standings });
      for (const line of peerLines({ contest, standings })) console.log(line);
    }
    return results;
  } finally {
    await Promise.all([sink.close(), source.close(), flow.close()]);
  }
}

/** Lines of a table: what others need for the same. */
export function peerLines({ contest, standings }: ContestResult): string[] {
  return standings.map(({ name, figures: { ratio, subject, floor } }) => {
    const peak = Number.isNaN(subject.peak) ? "" : mb(subject.peak);
    const cpu = `${times(ratio.cpu)}<br>${ms(subject.cpu)} : ${ms(floor.cpu)}`;
    return `| ${contest.id} | ${contest.task} | ${name} | ${contest.floor.name} | ${cpu} | ${times(ratio.wall)} | ${peak} |`;
  });
}
