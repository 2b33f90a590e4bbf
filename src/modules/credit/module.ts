// Credit: how much a customer may owe, what he owes, why an order is held, and who decided what.
import { module } from '#kernel/module'
import { account } from './account/account.ts'
import { changeClass } from './account/change-class.ts'
import { changeCover } from './account/change-cover.ts'
import { changeLimit } from './account/change-limit.ts'
import { hold } from './account/hold.ts'
import { joinGroup } from './account/join-group.ts'
import { open } from './account/open.ts'
import { proposeLimit } from './account/propose-limit.ts'
import { unhold } from './account/unhold.ts'
import { change as changeGroup } from './group/change.ts'
import { changeLimit as changeGroupLimit } from './group/change-limit.ts'
import { create as createGroup } from './group/create.ts'
import { group } from './group/group.ts'
import { proposeLimit as proposeGroupLimit } from './group/propose-limit.ts'
import { invariants } from './invariants.ts'
import { openApproved } from './open-approved.ts'
import { atRisk } from './queries/at-risk.ts'
import { decisions } from './queries/decisions.ts'
import { exposure } from './queries/exposure.ts'

export default module('credit', {
  needs: ['company', 'party'],
  documents: [account, group],
  commands: [
    ...[open, proposeLimit, changeLimit, changeClass, changeCover, joinGroup, hold, unhold],
    ...[createGroup, changeGroup, proposeGroupLimit, changeGroupLimit],
  ],
  queries: [exposure, decisions, atRisk],
  on: { 'party.customer.approve': openApproved },
  invariants,
})
