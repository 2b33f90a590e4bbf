// Every no of the set-up: a template that does not hold together, and a company that asks for what it may not have.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  TEMPLATE_MISSING: {
    text: 'There is no template in {folder}: {problem}. Name the folder that holds template.yaml.',
    kind: 'unknown',
  },
  TEMPLATE_INVALID: {
    text: 'The template file {file} cannot be read: {problem}. Correct the file.',
    kind: 'invalid',
  },
  TEMPLATE_UNSOUND: {
    text: 'The template does not hold together: {problems}. Correct these places; nothing was set up.',
    kind: 'invalid',
  },
  TEMPLATE_LOCKED: {
    text: 'The setting {key} is locked by the template: it is {value} everywhere. Leave it out, or ask {owner} for a deviation.',
    kind: 'forbidden',
  },
  TEMPLATE_NOT_ALLOWED: {
    text: 'The setting {key} cannot be {value}; the template allows {allowed}. Choose one of these.',
    kind: 'invalid',
  },
  TEMPLATE_UNKNOWN_NAME: {
    text: 'The template has no {kind} {name}; it has {known}. Choose one of these, or add it to {file}.',
    kind: 'unknown',
  },
  COMPANY_DIFFERS: {
    text: 'The company {code} is there with the currency {currency}, not {wanted}. The currency of books cannot change; use another code.',
    kind: 'conflict',
  },
  COMPANY_CODE_INVALID: {
    text: '"{code}" cannot be the code of a company. Give letters, digits, spaces and . _ / + -, at most 40, a letter or a digit first.',
    kind: 'invalid',
  },
  MONTH_INVALID: {
    text: '{month} is not a month such as 2026-03. Give the first month to open as YYYY-MM.',
    kind: 'invalid',
  },
})
