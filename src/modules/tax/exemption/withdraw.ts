// Withdrawing a certificate: the customer is taxed like anybody from now on, and old documents keep what they were based on.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { exemption } from './exemption.ts'

export const withdraw = command(exemption.verbs.withdraw, T.object({}), async () => undefined)
