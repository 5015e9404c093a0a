import { availableParallelism } from "node:os";
import type { ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = {
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    // Half of the tests' time is waiting for children and polls.
    maxWorkers: Math.max(2, availableParallelism()),
  },
};

export default config;
