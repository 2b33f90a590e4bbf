// Every no of deviations.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  OWN_DEVIATION: {
    text: 'You asked for deviation {number}, so somebody else must approve it. Ask another member of the design authority.',
    kind: 'forbidden',
  },
  DEVIATION_OVER: {
    text: 'A deviation needs a last day that is still to come; {expires} is not after {today}. Choose a later day.',
    kind: 'invalid',
  },
  DEVIATION_TOO_LONG: {
    text: 'A deviation ends within {days} days, and {expires} is later. Choose an earlier day, and renew it when it is still needed then.',
    kind: 'invalid',
  },
  DEVIATION_KIND: {
    text: 'There is no kind of configuration {kind}. Take kind and object as the plan or the drift of the site names them.',
    kind: 'invalid',
  },
  DEVIATION_ELSEWHERE: {
    text: 'Site {site} does not govern {object}. Ask at the site that does: that of the enterprise, of the company, or of the warehouse.',
    kind: 'invalid',
  },
  DEVIATION_ASKED: {
    text: 'A deviation for {object} is asked for already at this site. Wait for its decision, or withdraw it first.',
    kind: 'conflict',
  },
  DEVIATION_UNKNOWN: { text: 'There is no deviation {number} in this company. Check its number.', kind: 'unknown' },
  DEVIATION_NOT_RENEWED: {
    text: 'Deviation {number} is {state}; only an approved one is renewed. Request a new one instead.',
  },
})
