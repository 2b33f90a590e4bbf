// What a test file opened is closed when the file ends, wherever in it that was: vitest hears no `afterAll` that is said inside a hook.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const works: (() => Promise<unknown>)[] = []

/** Does this when the test file ends; what was said last is done first. */
export function whenFileEnds(work: () => Promise<unknown>): void {
  works.push(work)
}

/** A folder of its own, gone when the test file ends. */
export function folderForThisFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tradewright-'))
  whenFileEnds(async () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Called once by vitest's set-up at the end of each file. */
export async function cleanUp(): Promise<void> {
  for (const work of works.splice(0).reverse()) await work()
}
