// Who is using the running server: the last one to leave stops it, so a command line beside the app never pulls it away.
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from './postmaster.ts'

let enlistedHere = 0

/** Writes this process down as a user of the server and returns the file that says so. */
export function enlist(usersFolder: string): string {
  const file = join(usersFolder, `${process.pid}.${enlistedHere++}`)
  writeFileSync(file, '', { mode: 0o600 })
  return file
}

/** The process ids of the users that are still alive, this process included. Entries of dead processes are removed. */
export function livingUsers(usersFolder: string): number[] {
  const living: number[] = []
  for (const name of readdirSync(usersFolder)) {
    const pid = Number(name.split('.')[0])
    if (isAlive(pid)) living.push(pid)
    else rmSync(join(usersFolder, name), { force: true })
  }
  return living
}

/** Forgets everybody: a server that does not run has no users, whatever a recycled process id looks like. */
export function forgetUsers(usersFolder: string): void {
  for (const name of readdirSync(usersFolder)) rmSync(join(usersFolder, name), { force: true })
}
