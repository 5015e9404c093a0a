import type { BenchRow, Comparison } from "./row.ts";
import { bundleSubject } from "./subject.ts";
import { takeTurns } from "./take-turns.ts";

const mebi = 1024 * 1024;

export const p7: BenchRow = {
  id: "P7",
  title: "event stream, decoded and checked",
  says: "Bytes in, events of the agent out, against `JSON.parse` of the same payloads that lie there as strings. The last line is one event of 32 MB against one of 8 MB: 4 would be exactly linear.",
  rounds: 9,
  async run({ rounds, folder }) {
    const read = await bundleSubject("stream.ts", folder);
    const parse = await bundleSubject("stream-floor.ts", folder);
    const compare = async (name: string, chunkBytes: number, mostRatio: number): Promise<Comparison> => {
      const samples = await takeTurns({
        rounds,
        floor: () => parse(["100000", "1000"]),
        subject: () => read(["100000", "1000", String(chunkBytes)]),
      });
      return { name, floor: "`JSON.parse`", ...samples, goals: [{ of: "cpu", mostRatio }] };
    };
    const growth = await takeTurns({
      rounds,
      floor: () => read(["1", String(8 * mebi), "65536"]),
      subject: () => read(["1", String(32 * mebi), "65536"]),
    });
    return [
      await compare("64 KiB chunks", 65_536, 2.2),
      await compare("100-byte chunks", 100, 4),
      {
        name: "one event of 32 MB",
        floor: "one event of 8 MB",
        ...growth,
        goals: [{ of: "cpu", mostRatio: 5 }],
      },
    ];
  },
};
