// Every no of discovery.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  QUESTION_UNKNOWN: { text: 'There is no question {question}. Name one of {known}.', kind: 'invalid' },
  FUNCTION_UNKNOWN: { text: 'There is no function {function}. Name one of {known}.', kind: 'invalid' },
  LISTED_ALREADY: {
    text: '{what} is listed at this site already. Change that one, or take it off first.',
    kind: 'conflict',
  },
})
