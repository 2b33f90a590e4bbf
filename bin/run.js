#!/usr/bin/env node
// Runs a TypeScript file of this project on any supported Node: `node bin/run.js bench/main.ts --json`.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { register } from 'tsx/esm/api'

const file = process.argv[2]
if (!file) {
  console.error('usage: node bin/run.js FILE.ts [ARGUMENTS]')
  process.exit(2)
}
register()
process.argv.splice(1, 1)
await import(pathToFileURL(resolve(file)).href)
