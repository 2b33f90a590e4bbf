// A soft close stops everyday posting into a period; finance may still correct.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { holdBack } from './hold-back.ts'
import { period } from './period.ts'

export const closeSoft = command(period.verbs['close-soft'], T.object({}), (call) => holdBack(call))
