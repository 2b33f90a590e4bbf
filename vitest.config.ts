// One vitest run for everything: real PostgreSQL, one cloned database a worker.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'src/**/*.scenario.ts', 'bench/**/*.test.ts'],
    globalSetup: ['tests/support/global.ts'],
    setupFiles: ['tests/support/each-file.ts'],
    pool: 'forks',
    // A thousand files are read once for each of two processes, not for each of two hundred test files.
    poolOptions: { forks: { maxForks: 2, minForks: 1, isolate: false } },
    testTimeout: 240_000,
    hookTimeout: 300_000,
    reporters: process.env.CI ? ['default', 'json'] : ['default'],
    outputFile: { json: '.tradewright/test-report.json' },
  },
})
