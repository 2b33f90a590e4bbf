// Every no of new sites.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  NEW_SITE_THERE: {
    text: 'There is a company or an open request with the code {code}. Choose another code, or open the one that is there.',
    kind: 'conflict',
  },
  NEW_SITE_OWN: {
    text: 'You asked for site {code}, so somebody else decides. Ask the design authority.',
    kind: 'forbidden',
  },
})
