// Every no of discovery.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  QUESTION_UNKNOWN: { text: 'There is no question {question}. Name one of {known}.', kind: 'invalid' },
  FUNCTION_UNKNOWN: { text: 'There is no function {function}. Name one of {known}.', kind: 'invalid' },
  OBJECT_UNKNOWN: { text: 'There is no object {object} of source data. Name one of {known}.', kind: 'invalid' },
  PROFILE_EMPTY: {
    text: 'The file has no row of {object} that can be read, so there is nothing to profile. Check its separators and its first row.',
    kind: 'invalid',
  },
  PROFILE_COUNTS: {
    text: 'The counts of {object} do not fit together: {problem}. Take the profile again from the file.',
    kind: 'invalid',
  },
  LISTED_ALREADY: {
    text: '{what} is listed at this site already. Change that one, or take it off first.',
    kind: 'conflict',
  },
})
