// What a test file opened is closed when the file ends, wherever in it that was: vitest hears no `afterAll` that is said inside a hook.
const works: (() => Promise<unknown>)[] = []

/** Does this when the test file ends; what was said last is done first. */
export function whenFileEnds(work: () => Promise<unknown>): void {
  works.push(work)
}

/** Called once by vitest's set-up at the end of each file. */
export async function cleanUp(): Promise<void> {
  for (const work of works.splice(0).reverse()) await work()
}
