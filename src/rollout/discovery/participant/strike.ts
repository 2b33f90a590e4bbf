// Striking a participant who was entered by mistake.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { participant } from './participant.ts'

export const strike = command(participant.verbs.strike, T.object({}), async () => undefined)
