// Every no of fit and gap.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  REGISTER_LOCKED: {
    text: 'The fit-gap register of site {site} is signed and locked. Name an approved change request for this, or have the register reopened by one.',
    kind: 'conflict',
  },
  CHANGE_NOT_APPROVED: { text: 'Change request {number} is not approved. Have it approved first.' },
  CHANGE_NOT_HERE: { text: 'There is no change request {number} in this company. Check its number.', kind: 'unknown' },
  CUSTOMISE_UNPROVEN: {
    text: '{number} is to be customised without proof that {lacking} was tried. Say for each of the three roads what was tried and why it does not do.',
  },
  CUSTOMISE_UNDECIDED: {
    text: '{number} is to be customised, which the architecture lead decides. Propose a decision of kind customisation, and name it here once it is taken.',
  },
  CAPABILITY_UNKNOWN: {
    text: 'There is no capability {capability}. Name a document, such as {example}, or a verb of one.',
    kind: 'invalid',
  },
  CAPABILITY_NEEDED: { text: '{number} is met by the product, so say by what. Name the capability.', kind: 'invalid' },
  DEVIATION_WITHOUT_CONFIGURE: {
    text: 'A deviation is configuration other than the template has. Answer configure, or leave the deviation out.',
    kind: 'invalid',
  },
  TOPIC_THERE: {
    text: '{topic} is on the register of this site already. Classify that one, or name another topic.',
    kind: 'conflict',
  },
  NOTHING_NEW: {
    text: 'Every capability is on the register of site {site} already. Give those that are open their answers.',
    kind: 'conflict',
  },
  NO_PRECEDENT: { text: 'No other site has answered {topic} yet. Give an answer here.', kind: 'rule' },
  REGISTER_OPEN: {
    text: '{open} of {all} requirements of site {site} are not classified with evidence. Give each an answer and its evidence first.',
  },
  REGISTER_SIGNED: {
    text: 'The register of site {site} is signed already. Have it reopened by an approved change request first.',
    kind: 'conflict',
  },
})
