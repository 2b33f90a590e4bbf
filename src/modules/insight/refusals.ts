// Every no of figures and checks.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  KPI_UNKNOWN: { text: 'There is no key figure {id}. Name one of {known}.', kind: 'unknown' },
  KPI_DAYS: {
    text: 'From {from} to {to} no day has begun by {today}. Give a first day that is not after the last one and not in the future.',
    kind: 'invalid',
  },
  KPI_TOO_LONG: { text: 'More than {most} days at once are not reckoned. Ask for fewer.', kind: 'invalid' },
  KPI_TOO_FINE: {
    text: 'By {grain} this time has more than {most} points. Ask by week or month, or for fewer days.',
    kind: 'invalid',
  },
  CHECK_AT_WORK: {
    text: 'Check {number} is at work already. Wait for its end; what it finds is this moment as good as new.',
    kind: 'conflict',
  },
})
