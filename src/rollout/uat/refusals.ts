// Every no of acceptance.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  UAT_ONE_AT_A_TIME: { text: 'Start one run at a time.', kind: 'invalid' },
  UAT_AT_WORK: {
    text: 'Run {number} of this site is at work. Wait until it has finished, or cancel it.',
    kind: 'conflict',
  },
  UAT_SCENARIO_UNKNOWN: {
    text: 'No scenario {scenario} is played at this site: {why}. Choose from the list of scenarios.',
    kind: 'unknown',
  },
  UAT_NOTHING: { text: 'No scenario of the library says anything about this site. Look at its roles and rules first.' },
  UAT_RUN_KIND: {
    text: 'Run {number} is {kind}, so its steps are marked {how}. Start a run of the other kind for that.',
  },
  UAT_BY_MACHINE: {
    text: 'What was played is recorded by the machine that played it. Start a run by hand instead, and mark its steps.',
    kind: 'forbidden',
  },
  UAT_STEP_UNKNOWN: {
    text: 'Scenario {scenario} has no step {step}; it has {steps}. Reload the page and mark again.',
    kind: 'unknown',
  },
  UAT_NOTE_NEEDED: { text: 'Say in the note what was otherwise than expected at step {step}.', kind: 'invalid' },
  UAT_NOT_DONE: {
    text: 'In run {number} {open} of {total} scenarios have no result yet, such as {scenario}. Finish them, or cancel the run.',
  },
  UAT_OWN_RUN: {
    text: 'You started run {number} or walked in it, so somebody else must sign it off.',
    kind: 'forbidden',
  },
  UAT_SCOPE_UNKNOWN: {
    text: 'Run {number} has nothing of {what}. Name a process or a scenario that it played, or neither for the whole run.',
    kind: 'unknown',
  },
  UAT_NOT_READY: {
    text: 'This cannot be signed off yet: {problem}. Mend it and have it tested again first.',
  },
  UAT_SIGNED: {
    text: 'That is signed off in run {number} already. Sign another process, or leave it.',
    kind: 'conflict',
  },
  UAT_RESULT_UNKNOWN: { text: 'There is no result {result} in this company. Reload the run.', kind: 'unknown' },
})
