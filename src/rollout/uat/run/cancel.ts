// Cancelling a run that nobody will finish; what it found so far stays with it and counts for nothing.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { uatRun } from './uat-run.ts'

export const cancel = command(uatRun.verbs.cancel, T.object({}), async () => undefined)
