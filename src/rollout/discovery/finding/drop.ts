// Dropping a finding that was none.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { finding } from './finding.ts'

export const drop = command(finding.verbs.drop, T.object({}), async () => undefined)
