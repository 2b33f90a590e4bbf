// The source tree as the house rules read it.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type Source = { path: string; text: string; lines: number; imports: readonly string[] }

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else if (entry.name.endsWith('.ts')) yield path
  }
}

/** Every TypeScript file below the folder, with what it imports. */
export function sources(folder: string): readonly Source[] {
  return [...walk(join(ROOT, folder))].map((file) => {
    const text = readFileSync(file, 'utf8')
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')
    return { path: relative(ROOT, file), text, lines: text.split('\n').length - 1, imports }
  })
}

/** The module a path belongs to, as in src/modules/sales/order/confirm.ts. */
export const moduleOf = (path: string): string | undefined => /^src\/modules\/([^/]+)\//.exec(path)?.[1]
