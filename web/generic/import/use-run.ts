// The trial and the run of an import, and what is known of them meanwhile.
import { useState } from 'react'
import type { DocumentText, VerbText } from '../../client/descriptions.ts'
import { touched } from '../../client/questions.ts'
import type { Planned } from './documents.ts'
import type { Places } from './faults.ts'
import { type Outcome, runImport } from './run.ts'

type Running = {
  state: 'idle' | 'trying' | 'doing' | 'tried' | 'done'
  /** Rows of the file that are through. */
  at: number
  outcome?: Outcome
  error?: unknown
  dryRun?: boolean
  /** How often a person said that the same file is to be taken once more. */
  turn: number
}

const IDLE: Running = { state: 'idle', at: 0, turn: 0 }

/** `run` tries or does; one that broke off goes on where it was, since nothing is done twice in one turn. */
export function useRun(doc: DocumentText, verb: VerbText) {
  const [running, setRunning] = useState<Running>(IDLE)
  const run = async (planned: readonly Planned[], places: Places, dryRun: boolean, turn = running.turn) => {
    setRunning({ state: dryRun ? 'trying' : 'doing', at: 0, turn })
    try {
      const onProgress = (at: number) => setRunning((now) => ({ ...now, at }))
      const what = { document: doc.name, verb: verb.verb, planned, places, turn, dryRun }
      const outcome = await runImport({ ...what, onProgress })
      if (!dryRun) touched(doc.name, [])
      setRunning({ state: dryRun ? 'tried' : 'done', at: outcome.rowsIn, outcome, turn })
    } catch (error) {
      setRunning((now) => ({ ...now, state: 'idle', error, dryRun }))
    }
  }
  return { running, run, forget: () => setRunning(IDLE) }
}
