// What the scenario runner says no to.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  SCENARIO_FILE_INVALID: {
    text: 'The scenario file {file} cannot be used: {problem}. Correct it and run again.',
    kind: 'invalid',
  },
  SCENARIO_UNKNOWN: {
    text: 'There is no scenario {id}. Choose one that `tradewright scenario run --list` names.',
    kind: 'unknown',
  },
})
