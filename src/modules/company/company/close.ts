// Closing a company ends its trade; what is still open in it is the business of the modules that opened it.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { company } from './company.ts'

export const close = command(company.verbs.close, T.object({}), async () => undefined)
