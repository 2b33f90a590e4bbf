// The demo's sign-ins as people read them: persons in a table, machines with their key on a line of their own.
import type { DemoSignIn } from './demo.ts'
import { tableOf } from './table.ts'

const isKey = ({ password }: DemoSignIn): boolean => password.startsWith('tw_')

/** The lines to print. A key is three times as long as a password and would push the table off the screen. */
export const tellSignIns = (signIns: readonly DemoSignIn[]): readonly string[] => [
  'Sign in as:',
  tableOf(signIns.filter((one) => !isKey(one))),
  ...signIns.filter(isKey).map(({ name, does, password }) => `API key of ${name} (${does}):\n  ${password}`),
]
