#!/usr/bin/env node
// Runs a TypeScript file of this project on any supported Node: `node bin/run.js bench/main.ts --json`.
import { resolve } from 'node:path'
import { runProgram } from './program.js'

const file = process.argv[2]
if (!file) {
  console.error('usage: node bin/run.js FILE.ts [ARGUMENTS]')
  process.exit(2)
}
process.argv.splice(1, 1)
await runProgram(resolve(file))
