// What the device keeps of an import while it runs and after: the file, what its columns are, and what became of each portion.
import { onDevice } from '../../client/device.ts'
import { companyCode, session } from '../../client/session.ts'
import type { Mapping } from './columns.ts'
import type { Grouping } from './documents.ts'
import type { Chosen } from './file.ts'
import type { Part } from './run.ts'

export type KeptRun = {
  readonly id: string
  readonly account: string
  readonly company: string
  /** The document and the verb that it is an import of. */
  readonly kind: string
  readonly chosen: Chosen
  readonly mapping: Mapping
  readonly grouping: Grouping
  readonly turn: number
  readonly dryRun: boolean
  /** What was sent comes to; another one now means that the form has changed. */
  readonly print: string
  readonly started: string
  readonly ended?: string
}

/** `own` is the run of this very window, which a reload has only interrupted. */
export type Kept = { run: KeptRun; parts: readonly Part[]; own: boolean }

const NAME = 'tradewright-import'
const device = onDevice<'runs' | 'parts'>(NAME, { runs: { keyPath: 'id' }, parts: {} })

/** A device that can keep nothing, such as a private window, imports all the same. */
const ifPossible = async <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined)

const ownPlace = (kind: string): string => `${NAME} ${kind}`
const partsRange = (id: string): IDBKeyRange => IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER])

/** Forgets a run and its file. */
export async function forgetRun(id: string): Promise<void> {
  await ifPossible(device.erase('parts', partsRange(id)))
  await ifPossible(device.erase('runs', id))
}

const runs = async (): Promise<readonly KeptRun[]> => (await ifPossible(device.all<KeptRun>('runs'))) ?? []

/** Keeps a run that begins, as that of this window; what the same kind of import came to before makes room. */
export async function keepRun(run: KeptRun): Promise<void> {
  for (const old of await runs())
    if (old.kind === run.kind && old.company === run.company && (old.ended || isOwn(old))) await forgetRun(old.id)
  sessionStorage.setItem(ownPlace(run.kind), run.id)
  await ifPossible(device.write('runs', run))
}

export const keepPart = async (id: string, at: number, part: Part): Promise<void> =>
  void (await ifPossible(device.write('parts', part, [id, at])))

export const endRun = async (run: KeptRun): Promise<void> =>
  void (await ifPossible(device.write('runs', { ...run, ended: new Date().toISOString() })))

const isOwn = ({ id, kind }: KeptRun): boolean => sessionStorage.getItem(ownPlace(kind)) === id

/** A run as it stands now, or undefined when somebody put it away. */
export async function recallRun(id: string): Promise<Kept | undefined> {
  const run = await ifPossible(device.one<KeptRun>('runs', id))
  if (!run) return undefined
  return { run, own: isOwn(run), parts: (await ifPossible(device.all<Part>('parts', partsRange(id)))) ?? [] }
}

/**
 * The run that a person who opens the import wants to see: that of this window, else one that did not come to its end,
 * else the last receipt. A trial belongs to its window alone. What other people left on the device is forgotten.
 */
export async function lastRun(kind: string): Promise<Kept | undefined> {
  const account = session.get()?.account.id
  const all = await runs()
  for (const one of all) if (one.account !== account && !(await atWork(one.id))) await forgetRun(one.id)
  const mine = all
    .filter((one) => one.account === account && one.company === companyCode.get() && one.kind === kind)
    .filter((one) => isOwn(one) || !one.dryRun)
    .sort((a, b) => b.started.localeCompare(a.started))
  const found = mine.find(isOwn) ?? mine.find(({ ended }) => !ended) ?? mine[0]
  return found && (await recallRun(found.id))
}

/** Forgets everything: whoever signs out leaves no file behind. */
export async function forgetImports(): Promise<void> {
  for (const { id } of await runs()) await forgetRun(id)
}

const here = new Set<string>()
// Where the app is not served safely, a browser has no locks; then only this window knows of itself.
const locks = (): LockManager | undefined => ('locks' in navigator ? navigator.locks : undefined)

/** Whether a window of this device is at a run. */
export async function atWork(id: string): Promise<boolean> {
  if (here.has(id)) return true
  const held = (await locks()?.query())?.held ?? []
  return held.some(({ name }) => name === `${NAME} ${id}`)
}

/** Works on a run unless a window is at it already; says whether it did. */
export async function alone(id: string, work: () => Promise<void>): Promise<boolean> {
  if (here.has(id)) return false
  here.add(id)
  try {
    const manager = locks()
    if (!manager) await work()
    else
      return await manager.request(`${NAME} ${id}`, { ifAvailable: true }, async (lock) => {
        if (lock) await work()
        return lock !== null
      })
    return true
  } finally {
    here.delete(id)
  }
}
