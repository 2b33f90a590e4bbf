// Every no of governance: seats, decisions, changes and risks.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  GOVERNANCE_INVALID: {
    text: 'The governance file does not fit: {problem}. Correct it and try again.',
    kind: 'invalid',
  },
  NO_SUCH_SITE: {
    text: 'There is no site {site} in this company. Check its code, or register the site first.',
    kind: 'unknown',
  },
  SEAT_UNKNOWN: { text: 'There is no seat {seat}. Name one of {known}.', kind: 'invalid' },
  AREA_NEEDED: {
    text: 'Who decides depends on the area. Name one of {areas}, so that the {seat} of it can decide.',
    kind: 'invalid',
  },
  DECISION_UNKNOWN: {
    text: 'There is no decision of kind {kind} in the decision rights. Name one of {known}.',
    kind: 'invalid',
  },
  SEAT_VACANT: {
    text: 'Nobody holds the seat {name} today, and it decides this. Have somebody appointed to it first.',
    kind: 'rule',
  },
  NOT_YOUR_SEAT: {
    text: 'This is decided by the seat {name}, which {holders} holds. Ask them, or have them name you as their delegate.',
    kind: 'forbidden',
  },
  SEAT_TERM: {
    text: 'The term from {from} to {to} does not work. Give a first day that is not after the last one.',
    kind: 'invalid',
  },
  SEAT_TAKEN: {
    text: '{name} already holds the seat {seat}. End that appointment first, or appoint somebody else.',
    kind: 'conflict',
  },
  PERSON_UNKNOWN: {
    text: 'There is no active person {person}. Give the e-mail address or the id of an account that may sign in.',
    kind: 'invalid',
  },
  NOT_YOUR_DELEGATION: {
    text: 'Who stands in on the seat {seat} is named by its holder, or by who appoints to seats. Ask one of them.',
    kind: 'forbidden',
  },
  OWN_DELEGATE: { text: 'Nobody can be the delegate of himself. Name somebody else.', kind: 'invalid' },
  DELEGATE_DAYS: {
    text: 'Delegate and days belong together. Name the delegate, the first and the last day, or give up all three.',
    kind: 'invalid',
  },
  OWN_CHANGE: { text: 'You asked for change {number}, so somebody else must approve it.', kind: 'forbidden' },
  CHANGE_CLASS_UNKNOWN: { text: 'There is no class of change {class}. Name one of {known}.', kind: 'invalid' },
  CHANGE_LACKS: {
    text: 'Change {number} has no {lacking} on record, which its class asks for. Add it to the plan first.',
  },
  CHANGE_OUTSIDE_WINDOW: {
    text: 'Change {number} may be released from {from} to {until} only. Wait for the window, or plan another one.',
  },
  CHANGE_WINDOW: { text: 'A window needs a beginning and a later end. Give both.', kind: 'invalid' },
  CHANGE_PLAN_UNKNOWN: {
    text: 'There is no plan {plan} here that waits to be applied. Name one that was made and not yet applied.',
    kind: 'unknown',
  },
  CHANGE_PLAN_ELSEWHERE: {
    text: 'Plan {plan} is of another site. Leave the site out, or name a plan of that site.',
    kind: 'invalid',
  },
  CHANGE_MATTER: {
    text: 'Plan {plan} changes nothing of {matter}; it is about {matters}. Ask for the change on one of these.',
    kind: 'invalid',
  },
  CHANGE_NEEDED: {
    text: 'Site {site} is live ({stage}), and plan {plan} changes {matters} there. Have a change request approved that names the plan for each, or have an emergency cleared.',
  },
  REVIEW_UNKNOWN: { text: 'There is no review {review}. Name one of {known}.', kind: 'invalid' },
  REVIEW_NOT_IN_STAGE: {
    text: 'Site {site} is in {stage}, where no review {review} is due. Name a review of that stage.',
  },
  REVIEW_PREPARED: {
    text: 'Review {number} ({review}) is prepared and waits for its minutes. Put them on record before another one is prepared.',
    kind: 'conflict',
  },
  OUTCOME_MEASURE: {
    text: 'There is no measure {measure}. Name a published key figure as kpi:NAME, or one of {known}.',
    kind: 'invalid',
  },
  OUTCOME_BASELINE: {
    text: 'Nothing is known of {measure} now, so there is no baseline. Give the baseline.',
    kind: 'invalid',
  },
  OUTCOME_TARGET: {
    text: 'The target {target} is the baseline, so nothing would be reached. Give another target.',
    kind: 'invalid',
  },
  OUTCOME_DUE: { text: 'The day {due} is not after today. Give a later one.', kind: 'invalid' },
  RISKS_SEEDED: {
    text: 'The standard risks are on the register already. Assess them, or raise one of your own.',
    kind: 'conflict',
  },
  RISK_METRIC_UNKNOWN: {
    text: 'There is no metric {metric}. Name one of {known}, or raise the risk without a trigger.',
    kind: 'invalid',
  },
  RISK_TRIGGER: { text: 'Metric and trigger belong together. Give both, or leave both out.', kind: 'invalid' },
})
