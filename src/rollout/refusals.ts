// Every no of the rollout's plans, sites and releases.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  CONFIGURATION_DANGLES: {
    text: '{object} names the {field} {missing}, which is not there. Add {missing} to the template, or correct the name.',
  },
  TEMPLATE_BLOCK: { text: 'The file {file} of the template cannot be read: {problem}. Correct it.', kind: 'invalid' },
  RELEASE_UNKNOWN: {
    text: 'There is no release {number}. Publish it first, or name one of the list.',
    kind: 'unknown',
  },
  RELEASE_WITHDRAWN: { text: 'Release {number} was withdrawn. Choose a later one.' },
  RELEASE_UNSOUND: {
    text: 'The template has {count} problems: {problems}. Correct them and publish again.',
    kind: 'invalid',
  },
  RELEASE_THERE: {
    text: 'Release {number} is out already and never changes. Give the template the next version.',
    kind: 'conflict',
  },
  RELEASE_NOT_LATER: {
    text: 'Version {number} is not after {latest}, which is out. Give the template a later version.',
  },
  RELEASE_KEY_MISSING: {
    text: 'Release {number} was signed with a key that {home} does not have ({problem}). Copy the folder "keys" from the home that signed it, or from the backup, into {home}; until then no release is signed.',
    kind: 'conflict',
    retry: 'no',
  },
  SITE_THERE: {
    text: 'There is a site {code} already, or one that governs this {scope}. Change that one, or open this in another company.',
    kind: 'conflict',
  },
  PLACE_UNNAMED: {
    text: 'A site that governs a place is of the kind warehouse and names the place, and no other site does: {code} is of the kind {kind}, governs the {scope} and names {place}. Correct one of them.',
    kind: 'invalid',
  },
  PLACE_UNKNOWN: {
    text: 'There is no warehouse {place} in this company. There are: {known}. Name one of them, or create the warehouse first.',
    kind: 'unknown',
  },
  PLACE_GOVERNED: {
    text: '{place} is governed by the site {site} already. Change that one.',
    kind: 'conflict',
  },
  PLACE_WITHOUT_COMPANY: {
    text: 'The company of {place} has no site of its own, below which it could stand. Open one that governs the company first.',
  },
  SITE_NOT_HERE: {
    text: 'There is no site {id} in this company. Choose the company that the site belongs to.',
    kind: 'unknown',
  },
  PLAN_ONE_AT_A_TIME: { text: 'Make one plan at a time: each names the one that it builds upon.', kind: 'invalid' },
  PLAN_OWN: { text: 'You made plan {number}, so somebody else must approve it.', kind: 'forbidden' },
  PLAN_HASH_DIFFERS: {
    text: 'Plan {number} has the hash {hash}, not the one that you approve. Read the plan again, and approve what it says now.',
    kind: 'conflict',
  },
  PLAN_NEEDS_DECISION: {
    text: 'In plan {number} the template and the site have changed the same thing. Take the change of the site back, adopt it, or ask for a deviation, and make the plan again.',
  },
  PLAN_STALE: { text: 'Plan {number} cannot be applied any more: {why}. Make a new plan.', kind: 'conflict' },
  PROPOSAL_OWN: { text: 'You made proposal {number}, so somebody else must accept it.', kind: 'forbidden' },
  PILOT_UNKNOWN: {
    text: 'There is no site {site} that could go first. Name one of {known}.',
    kind: 'unknown',
  },
  DRIFT_UNKNOWN: { text: '{name} has not drifted. Reload the drift of the site.', kind: 'unknown' },
})
