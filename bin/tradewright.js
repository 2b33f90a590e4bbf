#!/usr/bin/env node
// The one binary. There is no build step between the source and what runs; see program.js.
import { fileURLToPath } from 'node:url'
import { runProgram } from './program.js'

await runProgram(fileURLToPath(new URL('../src/cli.ts', import.meta.url)))
