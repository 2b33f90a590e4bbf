// Every no of the questions about plans and releases.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  PLAN_UNKNOWN: {
    text: 'There is no plan {plan} in this company. Check its number, or choose the company that its site belongs to.',
    kind: 'unknown',
  },
  SITE_NOT_COMPARABLE: {
    text: 'There is no site {code} that governs the same as {site} and that you may see. Choose one of the list.',
    kind: 'unknown',
  },
})
