// What customers owe us: invoices, credit notes, payments, and who has to be held for them.
import { module } from '#kernel/module'
import { beforeClose } from './before-close.ts'
import { apply as applyCredit } from './credit-note/apply.ts'
import { cancel } from './credit-note/cancel.ts'
import { creditNote } from './credit-note/credit-note.ts'
import { draft } from './credit-note/draft.ts'
import { grant } from './credit-note/grant.ts'
import { issue as issueCredit } from './credit-note/issue.ts'
import { unapply as unapplyCredit } from './credit-note/unapply.ts'
import { ageing } from './customer/ageing.ts'
import { applications } from './customer/applications.ts'
import { aged, openItems, overdue, statement } from './customer/questions.ts'
import { invariants } from './invariants.ts'
import { credit } from './invoice/credit.ts'
import { invoice } from './invoice/invoice.ts'
import { issue } from './invoice/issue.ts'
import { issuePeriod } from './invoice/issue-period.ts'
import { jobs } from './jobs.ts'
import { on } from './on.ts'
import { apply } from './payment/apply.ts'
import { payment } from './payment/payment.ts'
import { receive } from './payment/receive.ts'
import { reverse } from './payment/reverse.ts'
import { unapply } from './payment/unapply.ts'
import { uses } from './uses.ts'

export default module('receivables', {
  needs: ['company', 'party', 'catalog', 'tax', 'credit', 'ledger', 'sales'],
  documents: [invoice, creditNote, payment],
  commands: [
    ...[issue, issuePeriod, credit],
    ...[draft, grant, issueCredit, cancel, applyCredit, unapplyCredit],
    ...[receive, apply, unapply, reverse],
  ],
  queries: [aged, ageing, openItems, overdue, statement, applications, beforeClose],
  on,
  jobs,
  uses,
  invariants,
})
