// Taking a signed paper out of force without another one in its place.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { paper } from './paper.ts'

export const replace = command(paper.verbs.replace, T.object({}), async () => undefined)
