// Every no of signing in and of administering access.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  SIGN_IN_FAILED: {
    text: 'E-mail and password do not fit, or the account is closed or locked for a while after failed attempts. Try again later, or ask an administrator for a new password link.',
    kind: 'forbidden',
  },
  TOO_MANY_ATTEMPTS: {
    text: 'Too many attempts in a short time. Wait {seconds} seconds and try again.',
    kind: 'busy',
    retry: 'yes',
  },
  PASSWORD_TOO_SHORT: {
    text: 'The password needs at least {least} characters. Choose a few words in a row: they are easiest to remember.',
    kind: 'invalid',
  },
  PASSWORD_TOO_LONG: {
    text: 'The password may have at most {most} characters. Choose a shorter one.',
    kind: 'invalid',
  },
  PASSWORD_TOO_COMMON: {
    text: 'This password is among the first that a thief tries. Choose words that only you would put together.',
    kind: 'invalid',
  },
  LINK_INVALID: {
    text: 'This link was used before, has expired, or was never valid. Ask an administrator for a new one.',
    kind: 'forbidden',
    retry: 'no',
  },
  ALREADY_SET_UP: {
    text: 'There is an administrator already. Sign in, or ask him for an account.',
    kind: 'conflict',
    retry: 'no',
  },
  EMAIL_TAKEN: {
    text: 'There is an account with the e-mail {email} already. Use that one, or choose another e-mail.',
    kind: 'conflict',
  },
  ROLE_UNKNOWN: {
    text: 'There is no role {role}. Choose one of the template: GET /api/access/role lists them.',
    kind: 'invalid',
  },
  WAREHOUSE_UNKNOWN: { text: 'There is no warehouse {warehouse} in this company. Check the id.', kind: 'invalid' },
  OUT_OF_REACH: {
    text: 'You administer access only in some companies, and this would reach beyond them. Ask an administrator of all of them.',
    kind: 'forbidden',
  },
  SEPARATION_CONFLICT: {
    text: 'With this role the account would hold both {held} and {added} in one company, which {separation} keeps apart: {risk}. Give the role to somebody else, or ask {owner}, who owns the rule, for a waiver.',
    kind: 'forbidden',
  },
  BY_REQUEST_ONLY: {
    text: 'Access is given by request only here, so nobody gives a role directly. Ask for it under "Separation of duties"; once its owner has agreed, the system gives it.',
    kind: 'forbidden',
  },
  LAST_DAY_PAST: {
    text: '{day} is past. Give a last day from today on, or disable the account now.',
    kind: 'invalid',
  },
  MACHINES_ONLY: {
    text: 'API keys are for machine accounts. Create one of kind machine, and give it the roles it needs.',
    kind: 'invalid',
  },
  LAST_ADMINISTRATOR: {
    text: 'This is the last administrator who can sign in. Make another one first.',
    kind: 'conflict',
  },
  KEY_EXPIRY_INVALID: {
    text: 'A key must expire in the future, at {most} at the latest. Choose another day.',
    kind: 'invalid',
  },
})
