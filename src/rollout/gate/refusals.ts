// Every no of evidence, gates and papers.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  EVIDENCE_KIND: { text: 'There is no evidence of kind {kind}. Name one of {known}.', kind: 'invalid' },
  EVIDENCE_LATER: { text: 'Evidence of {day} lies in the future. Record it once it is measured.', kind: 'invalid' },
  EVIDENCE_FILE: {
    text: 'A file needs its name and its SHA-256 hash together. Give both, or neither.',
    kind: 'invalid',
  },
  OWN_EVIDENCE: {
    text: 'You recorded evidence {number}, so somebody else must sign it: whoever sits on the seat {name}.',
    kind: 'forbidden',
  },
  GATE_UNKNOWN: { text: 'There is no gate {gate}. Name one of {known}.', kind: 'invalid' },
  GATE_DAY: {
    text: '{on} is not a day to look ahead to. Name a day from {today} on, as YYYY-MM-DD; how a gate stood before is kept in its runs.',
    kind: 'invalid',
  },
  CRITERION_UNKNOWN: {
    text: 'Gate {gate} asks for {criterion}, which the product cannot check. Correct the governance file.',
    kind: 'invalid',
  },
  GATE_NOT_NEXT: {
    text: 'Site {site} is in {state}, and {gate} leads from {from}. Open the gate that leads on from {state}.',
    kind: 'conflict',
  },
  GATE_RUN_STALE: {
    text: 'Run {number} is of {day}, and {gate} opens within {days} days of its run only. Have the gate evaluated again.',
  },
  GATE_RUN_OLD: {
    text: 'Run {number} is not the newest of {gate} at this site; {newest} is. Decide by that one, or evaluate again.',
    kind: 'conflict',
  },
  GATE_RUN_BROKEN: {
    text: 'Run {number} does not come to its verdict from what it keeps ({problem}). Have internal control look at it, and evaluate the gate again.',
  },
  PAPER_KIND: { text: 'There is no paper of kind {kind}. Name one of {known}.', kind: 'invalid' },
  PAPER_CHANGED: {
    text: 'What {paper} says is not what holds any more: {chapters} changed since it was drafted. Draft it again, and sign that one.',
    kind: 'conflict',
  },
})
