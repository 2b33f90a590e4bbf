// What discovery brings to the rollout: answers, processes, findings, links and participants, with their verbs and questions.

import type { Part } from '../governance/shape.ts'
import { answer } from './answer/answer.ts'
import { correct } from './answer/correct.ts'
import { give } from './answer/give.ts'
import { withdraw } from './answer/withdraw.ts'
import { dispose } from './finding/dispose.ts'
import { drop as dropFinding } from './finding/drop.ts'
import { finding } from './finding/finding.ts'
import { note } from './finding/note.ts'
import { add } from './integration/add.ts'
import { drop as dropLink } from './integration/drop.ts'
import { integration } from './integration/integration.ts'
import { enter } from './participant/enter.ts'
import { participant } from './participant/participant.ts'
import { strike } from './participant/strike.ts'
import { approve } from './process/approve.ts'
import { change } from './process/change.ts'
import { drop as dropProcess } from './process/drop.ts'
import { map } from './process/map.ts'
import { process } from './process/process.ts'
import { sourceProfile } from './profile/source-profile.ts'
import { take, withdraw as withdrawProfile } from './profile/take.ts'
import { functions, questionnaire } from './questionnaire.ts'

export const discoveryPart: Part = {
  documents: [answer, process, finding, integration, participant, sourceProfile],
  commands: [
    ...[give, correct, withdraw],
    ...[map, change, approve, dropProcess],
    ...[note, dispose, dropFinding],
    ...[add, dropLink],
    ...[enter, strike],
    ...[take, withdrawProfile],
  ],
  queries: [questionnaire, functions],
  jobs: {},
  invariants: [],
}
