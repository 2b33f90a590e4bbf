// Every no of the register of extensions.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  CHALLENGE_INVALID: {
    text: 'The challenge of extensions does not fit: {problem}. Correct its file in the template and try again.',
    kind: 'invalid',
  },
  CHALLENGE_ANSWERS: {
    text: 'The challenge asks {questions}. Give each of them one of its answers: {problem}.',
    kind: 'invalid',
  },
  EXTENSION_CODE: {
    text: '{code} cannot name an extension. Choose lower-case words with hyphens, up to 30 characters, such as door-tags.',
    kind: 'invalid',
  },
  EXTENSION_THERE: {
    text: 'There is an extension {code} on the register already. Revise or retire that one, or choose another code.',
    kind: 'conflict',
  },
  EXTENSION_RETIRES: {
    text: 'The retirement date {day} does not work, as today is {today}. Name a later day, not further away than {days} days.',
    kind: 'invalid',
  },
  EXTENSION_VALUE: {
    text: 'Baseline and target of {metric} are the same, so nobody could see what {code} is worth. Name a target that differs.',
    kind: 'invalid',
  },
  EXTENSION_UNPROVEN: {
    text: '{code} is to {category}, and no requirement says so. Name a requirement of that site that fit and gap answered with {category}.',
  },
  OWN_EXTENSION: {
    text: 'You proposed {code}, so somebody else must {verb} it.',
    kind: 'forbidden',
  },
  EXTENSION_UNCHALLENGED: {
    text: '{code} was not challenged with the questions as they stand. Have it challenged first.',
  },
  EXTENSION_BELOW: {
    text: '{code} has {score} points and {threshold} are needed. Reject it, have it revised, or ask the seat {seat} to approve it below the threshold with a reason.',
  },
  EXTENSION_NOT_BELOW: {
    text: '{code} has {score} points, which is enough. Let the seat {seat} approve it without an exception.',
  },
  EXTENSION_BY_MACHINE: {
    text: 'What came of tests is kept by the machine that plays them. Run tradewright extension test instead of writing it by hand.',
    kind: 'forbidden',
  },
  EXTENSION_NO_RELEASE: {
    text: 'No template is out yet, so nothing can have been tested with it. Have a release published first.',
  },
  EXTENSION_UNTESTED: {
    text: '{code} has no green test with release {release} and version {core} of the product. Run tradewright extension test {code} first.',
  },
  EXTENSIONS_UNTESTED: {
    text: 'Release {release} was not tried with {extensions}, or not with success, on version {core} of the product. Run tradewright extension test with these files for each of them first.',
  },
})
