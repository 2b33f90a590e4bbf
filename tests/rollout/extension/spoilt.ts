// Copies of the extension that ships, each spoilt in one place, so that every check has something to find.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

/** The extension that ships. */
export const DOOR_TAGS = fileURLToPath(new URL('../../../extensions/door-tags', import.meta.url))

const made: string[] = []
afterAll(() => {
  for (const one of made) rmSync(one, { recursive: true, force: true })
})

/** What is changed in which file: a text by another, or with `''` as the first the whole file. */
export type Spoil = readonly (readonly [file: string, from: string, to: string])[]

/** A copy of door tags with these changes. Throws when there is nothing to change, so that no case tests nothing. */
export function spoilt(changes: Spoil): string {
  const home = mkdtempSync(join(tmpdir(), 'tradewright-extension-'))
  made.push(home)
  const folder = join(home, 'door-tags')
  cpSync(DOOR_TAGS, folder, { recursive: true })
  for (const [file, from, to] of changes) {
    const path = join(folder, file)
    mkdirSync(dirname(path), { recursive: true })
    if (from === '') {
      writeFileSync(path, to)
      continue
    }
    const text = readFileSync(path, 'utf8')
    if (!text.includes(from)) throw new Error(`${file} does not say ${from}`)
    writeFileSync(path, text.replace(from, to))
  }
  return folder
}
