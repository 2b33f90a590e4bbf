// Every no that party knows, as the person reads it.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  DUPLICATE_OPEN:
    '{party} {code} resembles somebody we know, and a data steward has not decided yet whether they are one. Decide it in the queue of duplicates first.',
  OTHER_PERSON_NEEDED: {
    text: 'You {earlier} {code} yourself, so somebody else must {verb}. Ask a colleague who may.',
    kind: 'forbidden',
  },
  CREDIT_REVIEW_MISSING:
    'Customer {code} would buy on terms ({term}), and nobody has reviewed the credit yet. Have it reviewed, or propose prepayment.',
  PARENT_CYCLE: 'With this parent, {code} would stand above itself: {path}. Choose another parent.',
  PARTY_IN_USE:
    '{code} is in use or has documents, so it cannot be merged away. Decide the other way round, or deactivate it and go on with the other one.',
  DUPLICATE_TWICE: {
    text: '{code} is named as the same as two different parties. Decide one at a time.',
    kind: 'invalid',
  },
  DUPLICATE_ITSELF: { text: '{code} cannot be a duplicate of itself. Name two different ones.', kind: 'invalid' },
  MERGED_AWAY: '{code} was merged into {into}. Undo that merge: then everything that was his comes back as well.',
  TAX_ID_TAKEN:
    'Another party of the enterprise has this tax number. Correct it, or propose the party again and let the steward decide that they are one.',
  TERM_CLOSED: '{code}: the payment term {term} is closed. Choose one that is in use.',
  TERM_DAYS: {
    text: 'Payment term {code}: the discount must end by the due day and be at most 100 percent. Correct days or percent.',
    kind: 'invalid',
  },
  SHIP_TO_HOURS: {
    text: '{code}: goods are taken in from {from} to {to}, which is no time at all. Give the earlier time first.',
    kind: 'invalid',
  },
  EMAIL_INVALID: { text: '{code}: "{email}" is not an e-mail address. Correct it or leave it out.', kind: 'invalid' },
})
