// Documents and their creating verbs, found by the names that people type.
import type { Command } from '#kernel/command'
import type { DocumentSpec } from '#kernel/document'
import { refusals } from '#kernel/refusal'
import { modules } from '../modules/index.ts'

const refuse = refusals({
  DOCUMENT_UNKNOWN: { text: 'There is no document {name}. There are: {known}.', kind: 'unknown' },
  CREATING_VERB_UNCLEAR: { text: '{document} is created by: {verbs}. Choose one with --verb.', kind: 'invalid' },
})

/** The description of a document. Refuses DOCUMENT_UNKNOWN. */
export function documentNamed(name: string): DocumentSpec {
  const all = modules.flatMap((one) => one.documents)
  const known = all
    .map((one) => one.name)
    .sort()
    .join(', ')
  return all.find((one) => one.name === name) ?? refuse('DOCUMENT_UNKNOWN', { name, known: known || 'none yet' })
}

/** The verb that creates a document: the one named, "create", or the only one. */
export function creatorOf(name: string, verb: string | undefined): Command {
  const doc = documentNamed(name)
  const creators = modules
    .flatMap((one) => one.commands)
    .filter((one) => one.creates && one.verb.document.name === doc.name)
  const found =
    creators.find((one) => one.verb.verb === (verb ?? 'create')) ??
    (verb === undefined && creators.length === 1 ? creators[0] : undefined)
  return (
    found ??
    refuse('CREATING_VERB_UNCLEAR', {
      document: doc.label,
      verbs: creators.map((one) => one.verb.verb).join(', ') || 'other documents only',
    })
  )
}
