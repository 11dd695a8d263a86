import { defineConfig } from "vitest/config";

// The journey against a server that runs: PARLEY_SERVER says where.
export default defineConfig({
  test: {
    include: ["test/server/**/*.test.ts"],
    reporters: ["dot", "./test/totals.ts"],
    testTimeout: 600_000,
  },
});
