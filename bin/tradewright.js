#!/usr/bin/env node
// The one binary. TypeScript is loaded as it is, so there is no build step between the source and what runs.
import { register } from 'tsx/esm/api'

register()
await import('../src/cli.ts')
