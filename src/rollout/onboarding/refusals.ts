// Every no of bringing an acquired entity to the codes of the template.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  CODE_KIND_UNKNOWN: { text: 'There are no codes of kind {kind} to map. Name one of {known}.', kind: 'invalid' },
  CODE_LISTED: {
    text: 'The {kind} {code} is on the list of this site already. Change that line instead.',
    kind: 'conflict',
  },
  CODE_TARGET_NEEDED: {
    text: 'Nobody has said what the {kind} {code} becomes. Give its target first, then have it approved.',
  },
  CODE_TARGET_GONE: {
    text: 'The {kind} {code} is to become {target}, which is retired or not there. Choose one that is in use.',
  },
  OWN_MAPPING: {
    text: 'You proposed what the {kind} {code} becomes, so somebody else must approve it: whoever sits on the seat {name}.',
    kind: 'forbidden',
  },
  CODE_UNMAPPED: {
    text: 'The {kind} {code} has no approved mapping at site {site}. Map it, have it approved, and try again.',
  },
})
