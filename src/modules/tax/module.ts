// Which tax applies to a line, at what rate on a day, and how it is rounded.
import { kindOfDocument } from '#kernel/configuration'
import { module } from '#kernel/module'
import { change } from './code/change.ts'
import { code } from './code/code.ts'
import { create } from './code/create.ts'
import { withdraw as withdrawCode } from './code/withdraw.ts'
import { exemption } from './exemption/exemption.ts'
import { record } from './exemption/record.ts'
import { withdraw as withdrawExemption } from './exemption/withdraw.ts'
import { invariants } from './invariants.ts'
import { rate } from './rate/rate.ts'
import { set as setRate } from './rate/set.ts'
import { withdraw as withdrawRate } from './rate/withdraw.ts'
import { rule } from './rule/rule.ts'
import { set as setRule } from './rule/set.ts'
import { withdraw as withdrawRule } from './rule/withdraw.ts'

export default module('tax', {
  needs: ['company', 'party', 'catalog'],
  documents: [code, rate, rule, exemption],
  commands: [
    ...[create, change, withdrawCode],
    ...[setRate, withdrawRate],
    ...[setRule, withdrawRule],
    ...[record, withdrawExemption],
  ],
  configuration: [kindOfDocument(rate, ['code', 'valid']), kindOfDocument(rule, ['position', 'taxClass'])],
  invariants,
})
