// Starting the embedded server: one call makes, recovers or joins the database of a home and returns how to reach it.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Binaries, prepareBinaries } from './binaries.ts'
import { appName, ensureDatabase, readServerVersion, urlFor } from './database.ts'
import { type Embedded, handOut } from './embedded.ts'
import { EmbeddedError, explainFileError } from './embedded-error.ts'
import { initialise, isInitialised, ownerName, refuseOtherMajor, resetOwnerPassword } from './initialise.ts'
import { leaveAtEnd } from './leave.ts'
import { takeLock } from './lock.ts'
import { type Places, prepareFolders } from './places.ts'
import { choosePort, rememberPort } from './port.ts'
import {
  clearSockets,
  clearStalePidFile,
  findPostmaster,
  launch,
  type Postmaster,
  stopPostmaster,
  waitUntilReady,
} from './postmaster.ts'
import { ignoreProgress, type Progress } from './progress.ts'
import { newSecrets, readSecrets, type Secrets, writeSecrets } from './secrets.ts'
import { explainOutput, logSize, logTail } from './server-log.ts'
import { serverParameters } from './settings.ts'
import { enlist, forgetUsers, livingUsers } from './users.ts'

/** How to start. `port` unset: the port of last time if it is free, else any free one. Sizes are in MiB. */
export type StartOptions = {
  home: string
  port?: number
  sharedBuffersMegabytes?: number
  onProgress?: (progress: Progress) => void
}

type Task = StartOptions & { places: Places; binaries: Binaries; onProgress: (progress: Progress) => void }

const sharedBuffersDefaultMegabytes = 256
const attemptsMax = 8
const quietMilliseconds = 2_000

/**
 * Starts the PostgreSQL of a home, creating it the first time. A server that other living processes of this home use
 * is joined; one whose app was killed is stopped and started afresh. Refuses with an EmbeddedError.
 */
export async function startEmbedded(options: StartOptions): Promise<Embedded> {
  const places = prepareFolders(options.home)
  const onProgress = options.onProgress ?? ignoreProgress
  const release = await takeLock(places.lockFile)
  try {
    const binaries = await prepareBinaries({ account: places.account, area: places.area, onProgress })
    const task = { ...options, places, binaries, onProgress }
    const running = findPostmaster(places.dataDirectory)
    if (running !== null && livingUsers(places.usersFolder).length > 0) return await join(task, running)

    if (running !== null) await stopPostmaster(binaries.control, places.dataDirectory, running.pid)
    forgetUsers(places.usersFolder)
    return await startAfresh(task)
  } catch (error) {
    throw explainFileError(error, places.home)
  } finally {
    release()
  }
}

async function join(task: Task, running: Postmaster): Promise<Embedded> {
  const { places } = task
  if (task.port !== undefined && task.port !== running.port) {
    throw new EmbeddedError(
      'ALREADY_RUNNING',
      `The database of ${places.home} already runs on port ${running.port}, used by process ${livingUsers(places.usersFolder).join(', ')}. Stop that first, or leave the port out to share it.`,
    )
  }
  const secrets = readSecrets(places.passwordFile)
  if (secrets === null) {
    throw new EmbeddedError(
      'START_FAILED',
      `The database of ${places.home} is running but ${places.passwordFile} is missing. Stop the processes that use it (${livingUsers(places.usersFolder).join(', ')}) and start again: a new password is set then.`,
    )
  }
  return await open(task, running, secrets)
}

async function startAfresh(task: Task): Promise<Embedded> {
  const { places, binaries, onProgress } = task
  const secrets = await prepareData(task)
  const running = await launchOnSomePort(task)
  try {
    rememberPort(places.portFile, running.port)
    await ensureDatabase(running.port, secrets)
    return await open(task, running, secrets)
  } catch (error) {
    onProgress({ step: 'start', text: 'Stopping again after a failure' })
    await stopPostmaster(binaries.control, places.dataDirectory, running.pid)
    throw error
  }
}

async function prepareData(task: Task): Promise<Secrets> {
  const { places, binaries, onProgress } = task
  const known = readSecrets(places.passwordFile)
  const secrets = known ?? newSecrets()
  if (!isInitialised(places)) {
    onProgress({ step: 'initialise', text: `Creating the database in ${places.dataDirectory}` })
    writeSecrets(places.passwordFile, secrets)
    await initialise(places, binaries, secrets)
    return secrets
  }
  refuseOtherMajor(places, binaries)
  if (known === null) {
    onProgress({ step: 'recover', text: 'Recovering the database and setting a new password' })
    clearStalePidFile(places.dataDirectory)
    await resetOwnerPassword(places, binaries, secrets)
    // Written only now: a password file always tells the truth, and a killed reset is simply done again.
    writeSecrets(places.passwordFile, secrets)
  }
  return secrets
}

async function launchOnSomePort(task: Task): Promise<Postmaster> {
  const { places, binaries, onProgress } = task
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(places.portFile, task.port)
    const logStart = logSize(places.logFile)
    clearStalePidFile(places.dataDirectory)
    clearSockets(places.socketDirectory)
    onProgress({ step: 'start', text: `Starting PostgreSQL ${binaries.version} on port ${port}` })
    const launched = launch({
      program: binaries.postgres,
      control: binaries.control,
      dataDirectory: places.dataDirectory,
      logFile: places.logFile,
      account: places.account,
      parameters: serverParameters({
        port,
        socketDirectory: places.socketDirectory,
        sharedBuffersMegabytes: task.sharedBuffersMegabytes ?? sharedBuffersDefaultMegabytes,
      }),
    })
    const running = await waitUntilReady(places.dataDirectory, launched, reportRecovery(onProgress))
    if (running !== null) return running

    const output = logTail(places.logFile, logStart)
    const refusal = explainOutput(output, { doing: 'Starting PostgreSQL', port, place: places.dataDirectory })
    // Worth another try: somebody took the free port first, or the processes of a killed server are still leaving.
    const lostRace = refusal.code === 'PORT_TAKEN' && task.port === undefined
    const stillLeaving = /pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(output)
    if (attempt === attemptsMax || !(lostRace || stillLeaving)) throw refusal
    await sleep(attempt * 100)
  }
}

function reportRecovery(onProgress: (progress: Progress) => void): (waitedMilliseconds: number) => void {
  let nextReport = quietMilliseconds
  return (waited) => {
    if (waited < nextReport) return
    nextReport += quietMilliseconds
    onProgress({ step: 'recover', text: 'PostgreSQL is recovering from an unclean stop' })
  }
}

async function open(task: Task, running: Postmaster, secrets: Secrets): Promise<Embedded> {
  const { places, binaries } = task
  const ownerUrl = urlFor(ownerName, secrets.owner, running.port)
  const serverVersion = await readServerVersion(ownerUrl)
  return handOut({
    places,
    binaries,
    running,
    serverVersion,
    ownerUrl,
    url: urlFor(appName, secrets.app, running.port),
    userFile: enlist(places.usersFolder),
    leaveAtEnd,
  })
}
