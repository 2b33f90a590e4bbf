// Giving a deviation up, asked for or granted: from now on the site has what the template has, or it has drifted.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { deviation } from './deviation.ts'

export const withdraw = command(deviation.verbs.withdraw, T.object({}), async () => undefined)
