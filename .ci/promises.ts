// The promises that docs/RELIABILITY.md answers for, and the tests that show them. A test prints its numbers by
// `proven` of test/support/proven.ts.

export interface Promised {
  readonly id: string;
  readonly says: string;
  readonly tests: readonly string[];
}

export const promises: readonly Promised[] = [
  {
    id: "R1",
    says: "a turn is never sent again while an earlier send of it may have run",
    tests: ["test/sim/simulation.test.ts", "test/sim/many-seeds.test.ts"],
  },
  {
    id: "R2",
    says: "every job ends delivered and verified, failed with a reason, or parked for a person",
    tests: ["test/sim/simulation.test.ts", "test/sim/many-seeds.test.ts"],
  },
  {
    id: "R3",
    says: "killing the program at any instant costs nothing",
    tests: ["test/kill/every-point.test.ts", "test/kill/inside-write.test.ts"],
  },
  {
    id: "R4",
    says: "the intent is on disk before the first byte of a prompt leaves",
    tests: ["test/kill/order.test.ts"],
  },
  {
    id: "R5",
    says: "power loss loses at most the last unsynced record",
    tests: ["test/journal/torn-tail.test.ts"],
  },
  { id: "R6", says: "same seed, same run", tests: ["test/sim/simulation.test.ts"] },
  { id: "R7", says: "the simulator sees bugs", tests: ["test/sim/mutants.test.ts"] },
  { id: "R8", says: "a year does not leak or drift", tests: ["test/sim/year.test.ts"] },
  { id: "R9", says: "two copies never both send", tests: ["test/kill/stopped-holder.test.ts"] },
  { id: "R10", says: "a full disk stops sending", tests: ["test/kill/full-disk.test.ts"] },
  {
    id: "W1",
    says: "every complete file makes one video, none twice",
    tests: [
      "test/watch/scripts.test.ts",
      "test/watch/real-scripts.test.ts",
      "test/kill/left-alone.test.ts",
      "test/sim/soak/soak.test.ts",
    ],
  },
  {
    id: "W2",
    says: "a file still being written is never uploaded",
    tests: ["test/watch/unfinished-copies.test.ts"],
  },
  { id: "W3", says: "lost events lose no files", tests: ["test/watch/real-folder.test.ts"] },
  { id: "W4", says: "links never lead out of the folder", tests: ["test/watch/link-races.test.ts"] },
  { id: "W5", says: "inputs are never damaged", tests: ["test/watch/move-aside.test.ts"] },
  { id: "W6", says: "a backlog is bounded", tests: ["test/watch/backlog.test.ts"] },
  {
    id: "S1",
    says: "a slot starts at most once",
    tests: ["test/schedule/stories.test.ts", "test/cli/schedule.test.ts", "test/sim/soak/soak.test.ts"],
  },
  { id: "S2", says: "missed slots follow the written policy", tests: ["test/schedule/outages.test.ts"] },
  { id: "S3", says: "clock changes are a table", tests: ["test/schedule/clock-changes.test.ts"] },
  { id: "S4", says: "overlap never exceeds its policy", tests: ["test/schedule/stories.test.ts"] },
  { id: "S5", says: "suspend costs at most one look", tests: ["test/schedule/suspends.test.ts"] },
  {
    id: "H1",
    says: "a 15-minute stream with heartbeats survives; a dead one is noticed within 2 minutes",
    tests: ["test/nemo/stream/listen.test.ts"],
  },
  {
    id: "H2",
    says: "any split of the bytes gives the same events",
    tests: ["test/nemo/stream/read-events.test.ts"],
  },
  { id: "H3", says: "one turn is one POST", tests: ["test/nemo/run-turn.test.ts"] },
  { id: "H4", says: "a delivered file is whole or absent", tests: ["test/files/whole-or-absent.test.ts"] },
  {
    id: "H5",
    says: "retries obey the clock, and a run's repeats are shared",
    tests: ["test/nemo/retry-after.test.ts", "test/executor/retry-safely.test.ts"],
  },
  { id: "H6", says: "memory is bounded", tests: ["test/nemo/memory.test.ts"] },
  { id: "X1", says: "no secret in anything written", tests: ["test/cli/canary.test.ts"] },
  {
    id: "X2",
    says: "a hostile recipe wastes at most 2 s and runs nothing",
    tests: ["test/recipe/hostile.test.ts"],
  },
  {
    id: "X3",
    says: "nothing is written outside the output folder",
    tests: ["test/plan/output-path.test.ts", "test/executor/plan-run-hostile.test.ts"],
  },
  { id: "X4", says: "credentials go to one origin", tests: ["test/nemo/credentials-stay.test.ts"] },
  {
    id: "X5",
    says: "text from outside cannot drive the terminal",
    tests: ["test/report/hostile-text.test.ts"],
  },
  {
    id: "X6",
    says: "no web page drives what is served on loopback",
    tests: ["test/cli/up/guard-request.test.ts"],
  },
  { id: "X8", says: "little is shipped", tests: ["test/repo/package.test.ts"] },
];
