// Copies of the extension that ships, each spoilt in one place, so that every check has something to find.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { folderForThisFile } from '../../support/clean-up.ts'

/** The extension that ships. */
export const DOOR_TAGS = fileURLToPath(new URL('../../../extensions/door-tags', import.meta.url))

/** What is changed in which file: a text by another, or with `''` as the first the whole file. */
export type Spoil = readonly (readonly [file: string, from: string, to: string])[]

/** A copy of door tags with these changes. Throws when there is nothing to change, so that no case tests nothing. */
export function spoilt(changes: Spoil): string {
  const folder = join(folderForThisFile(), 'door-tags')
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
