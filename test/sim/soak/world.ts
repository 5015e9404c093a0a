import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Files, Journal, NemoService } from "../../../src/executor/ports.ts";
import type { RunPorts } from "../../../src/executor/run-request.ts";
import { openJournal } from "../../../src/journal/sqlite-journal.ts";
import { paperFiles } from "../../support/paper-files.ts";
import { sha256 } from "../../support/planned-job.ts";
import { seededRandom, type Random } from "../../support/seeded-random.ts";
import { memoryTree, type MemoryTree } from "../../watch/memory-tree.ts";
import { openTreeInput } from "../../watch/watch-story.ts";
import { fakeBackend, type FakeBackend } from "../fake-backend.ts";
import { fakeService, noTrouble, type Trouble } from "../fake-service.ts";
import { machine, type Machine, type Process } from "./machine.ts";

/** A machine with a watched folder and a journal on its disk, and a service that has good hours and bad ones. */
export interface SoakWorld {
  readonly machine: Machine;
  readonly random: Random;
  readonly tree: MemoryTree;
  readonly backend: FakeBackend;
  readonly journal: Journal;
  /** Texts of what the service was given before it was whole. */
  readonly tooSoon: string[];
  trouble: Trouble;
  portsOf(process: Process): RunPorts;
  close(): Promise<void>;
}

export async function soakWorld(seed: number): Promise<SoakWorld> {
  const random = seededRandom(seed);
  const host = machine(Date.UTC(2026, 10, 20, 8, 59, 30));
  const { steps } = host;
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "nemo-soak-"));
  const open = await openJournal({
    path: join(folder, "journal.db"),
    clock: { now: host.now, sleep: steps.sleep },
    onWarning: () => undefined,
  });
  const journal = onDisk(open, host);
  const tree = memoryTree({
    root: "/in",
    now: host.now,
    hintsOf: () => random.pick([0, 1, 1, 1, 2]),
    canTellWriters: true,
  });
  const backend = fakeBackend(steps, random);
  const tooSoon: string[] = [];
  let ids = 0;
  const world: SoakWorld = {
    machine: host,
    random,
    tree,
    backend,
    journal,
    tooSoon,
    trouble: noTrouble,
    portsOf: (process) => ({
      service: process.wrap(service),
      journal: process.wrap(journal),
      files: process.wrap(files),
      reporter: { report: () => undefined },
      clock: process.clock,
      hash: sha256,
      newId: (prefix) => `${prefix}_${seed}_${ids++}`,
      chance: () => random.next(),
    }),
    close: async () => {
      await open.close();
      rmSync(folder, { recursive: true });
    },
  };
  const fake = fakeService({ backend, clock: steps, random, trouble: () => world.trouble });
  const service: NemoService = {
    ...fake,
    uploadFile: (call, options) => {
      const file = tree.file(call.source.name);
      if (file?.isWhole === false || file?.isOpen === true) tooSoon.push(file.text);
      return fake.uploadFile(call, options);
    },
  };
  const files: Files = { ...paperFiles(), openInput: (file) => openTreeInput(file, tree) };
  return world;
}

/** Virtual time stands while the disk works. */
function onDisk(journal: Journal, { busy }: Machine): Journal {
  return new Proxy(journal, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...parameters: unknown[]) =>
        busy(async () => (await Reflect.apply(member, target, parameters)) as unknown);
    },
  });
}
