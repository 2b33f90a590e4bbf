// The trial and the run of an import, what is known of them meanwhile, and their way back after a reload.
import { useState } from 'react'
import { apiPath, type DocumentText, type VerbText } from '../../client/descriptions.ts'
import { newKey } from '../../client/http.ts'
import { touched } from '../../client/questions.ts'
import { companyCode, session } from '../../client/session.ts'
import { t } from '../../i18n/index.ts'
import type { Grouping, Planned } from './documents.ts'
import type { Places } from './faults.ts'
import { broken, type Chosen } from './file.ts'
import { alone, atWork, endRun, forgetRun, type Kept, type KeptRun, keepPart, keepRun, recallRun } from './kept.ts'
import { type Outcome, outcomeOf, type Part, printOf, runImport, soundOf, throughOf } from './run.ts'

/** 'halted' is a run whose window was closed: it goes on when a person says so. */
type Running = {
  state: 'idle' | 'trying' | 'doing' | 'tried' | 'done' | 'halted'
  /** Rows of the file that are through. */
  at: number
  outcome?: Outcome
  error?: unknown
  /** The run that this is, when there is one. */
  run?: KeptRun
  /** How often a person said that the same file is to be taken once more. */
  turn: number
}

const IDLE: Running = { state: 'idle', at: 0, turn: 0 }
const LOOK_AGAIN_MS = 400

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))

export const kindOf = (doc: DocumentText, verb: VerbText): string => `${doc.name} ${verb.verb}`

/** A file as it is to be read: what becomes of it, and what its columns are. */
export type Planning = { planned: readonly Planned[]; places: Places; chosen: Chosen; grouping: Grouping }

/**
 * `start` tries or does. `follow` shows a run that was kept: it waits for the window that is at it, goes on with one that
 * was only reloaded, and stops at one whose window was closed, for `goOn`. `forget` puts away what is not at work.
 */
export function useRun(doc: DocumentText, verb: VerbText, kept: Kept | undefined) {
  const [running, setRunning] = useState<Running>(() => (kept ? { ...shownAs(kept.run), run: kept.run } : IDLE))
  const path = `${apiPath(doc.name)}/${verb.verb}`
  const show = (run: KeptRun, given: Pick<Running, 'at'> & Partial<Running>) =>
    setRunning({ ...shownAs(run), ...given, run })
  const work = (run: KeptRun, planning: Planning, again: boolean) =>
    workOn({ run, planning, again, path, show: (given) => show(run, given) })
  const start = async (planning: Planning, dryRun: boolean, turn = running.turn) => {
    const { planned, places, chosen, grouping } = planning
    const run: KeptRun = {
      id: newKey(),
      account: session.get()?.account.id ?? '',
      company: companyCode.get() ?? '',
      kind: kindOf(doc, verb),
      chosen,
      mapping: places.mapping,
      grouping,
      turn,
      dryRun,
      print: await printOf(path, soundOf(planned)),
      started: new Date().toISOString(),
    }
    show(run, { at: throughOf(planned, []) })
    await keepRun(run)
    await alone(run.id, () => work(run, planning, false))
  }
  const goOn = async (run: KeptRun, planning: Planning) => {
    // Other keys than those of what was sent could take a document twice.
    if ((await printOf(path, soundOf(planning.planned))) !== run.print)
      return show(run, { state: 'idle', at: 0, error: broken(t('import.changed')) })
    const at = throughOf(planning.planned, (await recallRun(run.id))?.parts ?? [])
    show(run, { at })
    await alone(run.id, () => work(run, planning, true))
  }
  const follow = async (id: string, planning: Planning, away: AbortSignal) => {
    for (;;) {
      const now = await recallRun(id)
      if (away.aborted) return
      if (!now) return setRunning(IDLE)
      const { run, parts, own } = now
      const at = throughOf(planning.planned, parts)
      if (run.ended) {
        const outcome = outcomeOf(planning.planned, planning.places.table, parts)
        return show(run, { state: run.dryRun ? 'tried' : 'done', at, outcome })
      }
      if (!(await atWork(id))) return own ? await goOn(run, planning) : show(run, { state: 'halted', at })
      show(run, { at })
      await pause()
    }
  }
  const forget = () => {
    if (running.run) void forgetRun(running.run.id)
    setRunning(IDLE)
  }
  return { running, start, goOn, follow, forget }
}

type Work = {
  run: KeptRun
  planning: Planning
  again: boolean
  path: string
  show: (given: Pick<Running, 'at'> & Partial<Running>) => void
}

/** Sends what is left of a run, keeps what becomes of each portion, and shows it. */
async function workOn({ run, planning: { planned, places }, again, path, show }: Work): Promise<void> {
  const { id, company, kind, print, turn, dryRun } = run
  const parts: Part[] = [...((again ? await recallRun(id) : undefined)?.parts ?? [])]
  const onPart = async (part: Part, at: number) => {
    parts.push(part)
    show({ at: throughOf(planned, parts) })
    await keepPart(id, at, part)
  }
  const what = { path, company, planned, places, print, turn, dryRun, parts: [...parts], again, onPart }
  try {
    const outcome = await runImport(what)
    await endRun(run)
    if (!dryRun) touched(kind.split(' ', 1)[0] ?? '', [])
    show({ state: dryRun ? 'tried' : 'done', at: outcome.rowsIn, outcome })
  } catch (error) {
    show({ state: 'idle', at: throughOf(planned, parts), error })
  }
}

/** A run that is on its way, as far as its own words tell. */
const shownAs = ({ dryRun, turn }: KeptRun): Running => ({ state: dryRun ? 'trying' : 'doing', at: 0, turn })
