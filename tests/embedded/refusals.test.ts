// When the embedded server cannot start it says why, and what to do about it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { locateBinaries } from '../../src/embedded/binaries.ts'
import { occupyPort, refusalOf, workshop } from './support.ts'

const shop = workshop()
afterEach(shop.clear)

describe('when it cannot start', { timeout: 60_000 }, () => {
  test('PORT_TAKEN names the port and the way out, and a remembered port that was taken is replaced', async () => {
    const home = await shop.folder()
    const taken = await occupyPort()
    try {
      const refusal = await refusalOf(() => shop.start({ home, port: taken.port }))
      expect(refusal.code).toBe('PORT_TAKEN')
      expect(refusal.message).toContain(`Port ${taken.port} on 127.0.0.1 is taken`)
      expect(refusal.message).toContain('give none and a free one is chosen')

      const nonsense = await refusalOf(() => shop.start({ home, port: 99_999 }))
      expect(nonsense.message).toContain('99999 is not a port')

      writeFileSync(join(home, 'postgres', 'port'), `${taken.port}\n`)
      const server = await shop.start({ home })
      expect(server.port).not.toBe(taken.port)
    } finally {
      await taken.release()
    }
  })

  test('ALREADY_RUNNING: another port than the one that living users are on is refused', async () => {
    const home = await shop.folder()
    const server = await shop.start({ home })
    const refusal = await refusalOf(() => shop.start({ home, port: server.port === 20_000 ? 20_001 : 20_000 }))
    expect(refusal.code).toBe('ALREADY_RUNNING')
    expect(refusal.message).toContain(`port ${server.port}`)
  })

  test('DATA_TOO_NEW and DATA_OTHER_MAJOR name both versions and touch nothing', async () => {
    const home = await shop.folder()
    const server = await shop.start({ home })
    await server.stop()
    const versionFile = join(server.dataDirectory, 'PG_VERSION')
    const written = readFileSync(versionFile, 'utf8')

    writeFileSync(versionFile, '99\n')
    const tooNew = await refusalOf(() => shop.start({ home }))
    expect([tooNew.code, tooNew.message.includes('PostgreSQL 99')]).toEqual(['DATA_TOO_NEW', true])
    writeFileSync(versionFile, '15\n')
    const tooOld = await refusalOf(() => shop.start({ home }))
    expect([tooOld.code, tooOld.message.includes('PostgreSQL 15')]).toEqual(['DATA_OTHER_MAJOR', true])
    writeFileSync(versionFile, written)
    await shop.start({ home })
  })

  test('START_FAILED brings the last lines of the server log', async () => {
    const home = await shop.folder()
    const server = await shop.start({ home })
    await server.stop()
    writeFileSync(join(server.dataDirectory, 'pg_hba.conf'), 'nonsense line\n')
    const refusal = await refusalOf(() => shop.start({ home }))
    expect(refusal.code).toBe('START_FAILED')
    expect(refusal.message).toContain('invalid connection type "nonsense"')
  })

  test('NO_BINARIES says to set DATABASE_URL on a platform without programs', async () => {
    const refusal = await refusalOf(async () => locateBinaries('linux', 'mips'))
    expect(refusal.code).toBe('NO_BINARIES')
    expect(refusal.message).toContain('set DATABASE_URL')
  })

  test('HOME_NOT_WRITABLE: a file in the place of the home', async () => {
    const home = join(await shop.folder(), 'file')
    writeFileSync(home, '')
    const refusal = await refusalOf(() => shop.start({ home }))
    expect(refusal.code).toBe('HOME_NOT_WRITABLE')
    expect(refusal.message).toContain('TRADEWRIGHT_HOME')
  })
})
