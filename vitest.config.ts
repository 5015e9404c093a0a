import { availableParallelism } from "node:os";
import type { ViteUserConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const isNode = !("Bun" in globalThis) && !("Deno" in globalThis);

/** Take longest; what begins last should not be what everybody waits for. */
const first = [
  "kill/every-point",
  "sim/simulation",
  "watch/backlog",
  "golden/",
  "kill/",
  "cli/after-trouble",
  "watch/scripts",
  "watch/real-scripts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = first.findIndex((part) => moduleId.includes(`/test/${part}`));
      return at === -1 ? first.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

const config: ViteUserConfig = {
  test: {
    include: ["test/**/*.test.ts"],
    // From Node, these start every runtime themselves; and what is written in the repository is read once.
    exclude: isNode ? [] : ["test/runtimes/**", "test/repo/!(bundled-recipes|examples).test.ts"],
    // Bounds for what hangs, far beyond what a busy machine takes: whether something is quick is bench/'s question.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    pool: "forks",
    // Half of the tests' time is waiting for children and polls: one more than there are cores keeps these busy.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
  },
};

export default config;
