// Removing a contact: he is no longer offered, and what he signed stays.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { contact } from './contact.ts'

export const remove = command(contact.verbs.remove, T.object({}), async () => undefined)
