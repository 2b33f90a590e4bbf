// Why the demo is not loaded, or could not be loaded whole.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  DEMO_REFUSED: {
    text: 'The demo goes into an empty database only, and this one holds {what}. Name another home with --home, or an empty database.',
    kind: 'conflict',
  },
  DEMO_STORY_FAILED: {
    text: 'The demo story {story} stopped at {step} by {by} on {day}: {problem}',
    kind: 'rule',
    retry: 'no',
  },
  DEMO_STORY_UNFINISHED: {
    text: 'The demo story {story} should have ended as {expected} and ended as {found}. Correct the story, or what it shows.',
    kind: 'rule',
    retry: 'no',
  },
})
