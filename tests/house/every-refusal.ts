// Every refusal of the program, whichever part of it a test happens to have read before.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { allRefusals, type RefusalEntry } from '#kernel/refusal'
import { ROOT, sources } from './source.ts'

const declaring = sources('src').filter((one) => /\brefusals\(\{/.test(one.text) && !one.path.endsWith('.scenario.ts'))
for (const { path } of declaring) await import(pathToFileURL(join(ROOT, path)).href)
const written = declaring.map((one) => one.text).join('\n')

/** By code; without those that tests declare for themselves. */
export const everyRefusal: readonly (readonly [string, RefusalEntry])[] = [...allRefusals()].filter(([code]) =>
  written.includes(code),
)
