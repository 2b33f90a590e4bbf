// One vitest run for everything: real PostgreSQL, one cloned database a worker.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'src/**/*.scenario.ts', 'bench/**/*.test.ts'],
    globalSetup: ['tests/support/global.ts'],
    pool: 'forks',
    poolOptions: { forks: { maxForks: 2, minForks: 1 } },
    testTimeout: 240_000,
    hookTimeout: 300_000,
    reporters: process.env.CI ? ['default', 'json'] : ['default'],
    outputFile: { json: '.tradewright/test-report.json' },
  },
})
