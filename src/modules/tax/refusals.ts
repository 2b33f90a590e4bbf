// Every no that tax knows, as the person reads it.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  TAX_RATE_OVERLAPS:
    '{code} has a rate that begins on {from} already. Withdraw that one, or let the new one begin later.',
  TAX_RANGE_EMPTY: {
    text: '{what} would end on {until}, before it begins on {from}. Correct the days.',
    kind: 'invalid',
  },
  TAX_CODE_WITHDRAWN: { text: 'The tax code {code} is withdrawn. Use one that is in force.', kind: 'invalid' },
  TAX_CODE_IN_USE: 'The tax code {code} is still named by {what}. Withdraw those first.',
  EXEMPTION_OVERLAPS:
    'Customer {customer} has the certificate {certificate} for some of these days already. Withdraw it, or correct the days.',
  TAX_RATE_TOO_HIGH: {
    text: 'A rate of {percent} percent for {code} cannot be right: at most 100. Give 19 for 19 percent.',
    kind: 'invalid',
  },
})
