// What the player of acceptance runs says no to.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  UAT_RUN_UNKNOWN: { text: 'There is no acceptance run {id} in this company. See the list of runs.', kind: 'unknown' },
})
