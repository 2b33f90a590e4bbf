// Every no of pilots.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  PILOT_RUNS: {
    text: 'A pilot is running at site {site} already. End that one first, or take its figures anew.',
    kind: 'conflict',
  },
  PILOT_WITHOUT_FIGURES: {
    text: 'No key figure of site {site} is known from {from} to {until}, so nothing can be compared. Choose days on which it did business.',
  },
  PILOT_UNOBSERVED: {
    text: 'No figures were taken while pilot {number} ran. Take them once before it ends.',
  },
})
