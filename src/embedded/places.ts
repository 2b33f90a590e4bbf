// Where everything of one embedded server lives on disk, in a form that the server's account can reach.
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { type Account, canEnter, chooseAccount, isRoot } from './account.ts'
import { EmbeddedError, explainFileError } from './embedded-error.ts'

/**
 * The folders and files of one embedded server. `folder` is in the home and belongs to us; `area` is where the server's
 * own things are: the same folder, except when root keeps the home where no other account can go.
 */
export type Places = {
  home: string
  folder: string
  area: string
  account: Account | null
  dataDirectory: string
  /** Null where a Unix socket is impossible: on Windows, or when the path exceeds what the kernel takes. */
  socketDirectory: string | null
  logFile: string
  passwordFile: string
  portFile: string
  lockFile: string
  usersFolder: string
}

// sun_path is 104 bytes on macOS and 108 on Linux, with the final zero.
const socketPathBytesMax = 103
const dataOfRootFolder = '/var/lib/tradewright'

/**
 * Creates the folders of a home and returns their paths. Safe to call again at each start.
 * Refuses with HOME_NOT_WRITABLE or DISK_FULL.
 */
export function prepareFolders(home: string): Places {
  const absoluteHome = resolve(home)
  try {
    const folder = join(absoluteHome, 'postgres')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { area, account } = isRoot() ? areaForRoot(absoluteHome, folder) : { area: folder, account: null }
    refuseForeignData(join(area, 'data'))
    const places: Places = {
      home: absoluteHome,
      folder,
      area,
      account,
      dataDirectory: join(area, 'data'),
      socketDirectory: socketDirectoryOf(area),
      logFile: join(folder, 'server.log'),
      passwordFile: join(folder, 'passwords.json'),
      portFile: join(folder, 'port'),
      lockFile: join(folder, 'lock'),
      usersFolder: join(folder, 'users'),
    }
    mkdirSync(places.usersFolder, { recursive: true, mode: 0o700 })
    if (places.socketDirectory !== null) makeFolderFor(account, places.socketDirectory)
    return places
  } catch (error) {
    throw explainFileError(error, absoluteHome)
  }
}

/** Creates a private folder that belongs to the server's account. */
export function makeFolderFor(account: Account | null, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (account !== null) chownSync(folder, account.uid, account.gid)
}

function socketDirectoryOf(area: string): string | null {
  if (process.platform === 'win32') return null
  const directory = join(area, 'socket')
  return Buffer.byteLength(join(directory, '.s.PGSQL.65535.lock')) <= socketPathBytesMax ? directory : null
}

function areaForRoot(home: string, folder: string): { area: string; account: Account | null } {
  const pointer = join(folder, 'data-location')
  const area = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : folder
  const account = chooseAccount(join(area, 'data'))
  if (account === null || area !== folder) return { area, account }

  letPass(folder, account)
  if (!canEnter(account, folder)) letPass(home, account)
  if (!canEnter(account, folder)) for (const above of temporaryFoldersAbove(home)) letPass(above, account)
  if (canEnter(account, folder)) return { area: folder, account }

  // A folder above the home is closed (/root, say). Opening what is not ours would surprise its owner.
  const elsewhere = join(dataOfRootFolder, randomUUID())
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 })
  letPass(elsewhere, account)
  if (!canEnter(account, elsewhere)) {
    throw new EmbeddedError(
      'HOME_NOT_WRITABLE',
      `The account ${account.name}, which has to run PostgreSQL because root must not, can enter neither ${home} nor ${dataOfRootFolder}. Set TRADEWRIGHT_HOME to a folder below one that everybody may enter.`,
    )
  }
  writeFileSync(pointer, `${elsewhere}\n`, { mode: 0o600 })
  return { area: elsewhere, account }
}

/** The folders between the home and the system's temporary folder: made for the occasion, so ours to open. */
function temporaryFoldersAbove(home: string): string[] {
  const way = relative(realpathSync(tmpdir()), realpathSync(home)).split(sep)
  if (way[0] === '..' || isAbsolute(way.join(sep))) return []
  return way.slice(0, -1).map((_, index) => join(tmpdir(), ...way.slice(0, index + 1)))
}

/** Lets the account's group walk through a folder of root, and nobody else: 0711 would open it to every local user. */
function letPass(folder: string, account: Account): void {
  const status = statSync(folder)
  if (status.uid !== 0 || (status.mode & 0o077) !== 0) return
  chownSync(folder, 0, account.gid)
  chmodSync(folder, 0o710)
}

function refuseForeignData(dataDirectory: string): void {
  const ownUid = process.getuid?.()
  const owner = statSync(dataDirectory, { throwIfNoEntry: false })
  if (ownUid === undefined || ownUid === 0 || owner === undefined || owner.uid === ownUid) return
  throw new EmbeddedError(
    'HOME_NOT_WRITABLE',
    `${dataDirectory} belongs to user ${owner.uid} and this is user ${ownUid}. Start as that user, or set TRADEWRIGHT_HOME to another folder.`,
  )
}
