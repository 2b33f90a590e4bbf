// Every no of deployment checklists.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  CHECKLIST_INVALID: {
    text: 'The deployment checklist of the template does not fit: {problem}. Correct it and publish the template again.',
    kind: 'invalid',
  },
  GO_LIVE_NEEDED: {
    text: 'Site {site} has no day of going live, from which the days are counted. Give one.',
    kind: 'invalid',
  },
  CALENDAR_UNKNOWN: { text: 'There is no work calendar {calendar} here. Name one of {known}.', kind: 'invalid' },
  ITEM_CHECKED: {
    text: '{item} is done when {criterion} says so, and nobody signs it by hand. Bring the figure about instead.',
    kind: 'invalid',
  },
})
