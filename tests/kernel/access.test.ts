// The small parts of access and HTTP that need no server: passwords, tokens, limits, JSON, and what errors become.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPassword, hashPassword, passwordFits } from '#kernel/access/passwords'
import { isToken, keyText, newToken, readKey } from '#kernel/access/tokens'
import { OutcomeUnknown } from '#kernel/db'
import { readJson } from '#kernel/http/json'
import { limiter } from '#kernel/http/limits'
import { problemOf, refusalFor } from '#kernel/http/problem'
import { newId } from '#kernel/ids'
import { Refusal } from '#kernel/refusal'

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work()
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error)
  }
  return undefined
}

describe('SEC-10: passwords', () => {
  const COMMON = [
    'password1234',
    'Password!2345',
    'P@55w0rd2026!',
    'passwordpassword',
    'letmein12345',
    'Welcome-2026!!',
    'qwertyuiop123456',
    '1q2w3e4r5t6y',
    '1234567890123',
    '121212121212',
    'abcdefghijkl',
    'correcthorsebatterystaple',
    'Summer2026!!!!',
    'tradewright123',
    'johnson123456',
    'admin-admin-2026',
    '............',
  ]
  const GOOD = [
    'seven green kettles',
    'émile ate nine plums',
    'Vb7 kalm zwart raam',
    'my dog eats passwords at noon',
    'x9!kd72mfq0z',
  ]

  test.each(COMMON)('%s is refused as common', (password) => {
    expect(codeOf(() => checkPassword(password, ['Ann Johnson', 'ann@example.test']))).toBe('PASSWORD_TOO_COMMON')
  })

  test.each(GOOD)('%s is accepted: no rule asks for signs or capitals', (password) => {
    expect(codeOf(() => checkPassword(password, ['Ann Johnson', 'ann@example.test']))).toBeUndefined()
  })

  test('11 characters are too short, 12 enough, 128 enough, 129 too long; letters count, not bytes', () => {
    const text = 'ѣ'.repeat(3) + 'lmozq'.repeat(30)
    expect(codeOf(() => checkPassword(text.slice(0, 11), []))).toBe('PASSWORD_TOO_SHORT')
    expect(codeOf(() => checkPassword(text.slice(0, 12), []))).toBeUndefined()
    expect(codeOf(() => checkPassword(text.slice(0, 128), []))).toBeUndefined()
    expect(codeOf(() => checkPassword(text.slice(0, 129), []))).toBe('PASSWORD_TOO_LONG')
  })

  test('A hash fits its password, however the accent was typed, and no other; nobody’s hash fits nothing', async () => {
    const stored = await hashPassword('caf\u00e9 au lait, no sugar')
    expect(await passwordFits(stored, 'cafe\u0301 au lait, no sugar')).toBe(true)
    expect(await passwordFits(stored, 'cafe au lait, no sugar')).toBe(false)
    expect(await passwordFits(null, 'nobody has this password')).toBe(false)
  })

  test('A flood of sign-ins waits in a short line and is then turned away with TOO_MANY_ATTEMPTS', async () => {
    const stored = await hashPassword('seven green kettles')
    const flood = await Promise.allSettled(Array.from({ length: 80 }, () => passwordFits(stored, 'wrong')))
    const turned = flood.filter(
      (one) => one.status === 'rejected' && one.reason instanceof Refusal && one.reason.code === 'TOO_MANY_ATTEMPTS',
    )
    expect(turned).toHaveLength(12)
    expect(await passwordFits(stored, 'seven green kettles')).toBe(true)
  })
})

test('Tokens are 256 bits, never the same, and a key reads back as what it was made of', () => {
  const tokens = Array.from({ length: 1_000 }, newToken)
  expect(new Set(tokens.map((token) => token.text)).size).toBe(1_000)
  for (const { text, hash } of tokens.slice(0, 20)) {
    expect(isToken(text)).toBe(true)
    expect(Buffer.from(text, 'base64url')).toHaveLength(32)
    expect(hash).toHaveLength(32)
    const id = newId()
    expect(readKey(keyText(id, text))).toEqual({ id, secret: text })
  }
  for (const bad of ['', 'tw_', 'tw_x_y', `tw_${'a'.repeat(32)}_short`]) expect(readKey(bad)).toBeUndefined()
})

describe('Reading JSON', () => {
  test('Whatever JSON.stringify writes is read as it was', () => {
    const forbidden = /^(__proto__|constructor|prototype)$/
    const key = fc.string().filter((text) => !forbidden.test(text) && !text.includes('\0'))
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string().filter((text) => !text.includes('\0')),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any')),
        fc.dictionary(key, tie('any')),
      ),
    })).any
    fc.assert(
      fc.property(value, (given) => {
        expect(readJson(JSON.stringify(given))).toEqual(JSON.parse(JSON.stringify(given)))
      }),
    )
  })

  test('A member said twice is found wherever it stands, quotes, colons and braces in texts notwithstanding', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (text, name) => {
        fc.pre(!text.includes('\0') && !name.includes('\0') && !/^(__proto__|constructor|prototype)$/.test(name))
        const member = `${JSON.stringify(name)}: ${JSON.stringify(text)}`
        expect(codeOf(() => readJson(`[{"x y": {${member}, ${member}}}]`))).toBe('JSON_INVALID')
        expect(codeOf(() => readJson(`[{${member}}, {${member}}]`))).toBeUndefined()
      }),
    )
  })
})

test('A bucket lets a burst through, then a steady stream, and asks for patience between', () => {
  const take = limiter({ burst: 3, perSecond: 2 })
  expect([take('a', 0), take('a', 0), take('a', 0), take('a', 0)]).toEqual([0, 0, 0, 1])
  expect(take('b', 0)).toBe(0)
  expect([take('a', 500), take('a', 500)]).toEqual([0, 1])
  expect(take('a', 400), 'a clock that steps back gives nothing').toBe(1)
  expect([take('a', 60_000), take('a', 60_000), take('a', 60_000), take('a', 60_000)]).toEqual([0, 0, 0, 1])
})

test.each([
  ['55P03', 'DATABASE_BUSY', 503],
  ['40P01', 'DATABASE_BUSY', 503],
  ['40001', 'DATABASE_BUSY', 503],
  ['57014', 'TOOK_TOO_LONG', 503],
  ['57P01', 'DATABASE_UNREACHABLE', 503],
  ['ECONNREFUSED', 'DATABASE_UNREACHABLE', 503],
  ['22003', 'INPUT_INVALID', 400],
  ['22P02', 'INPUT_INVALID', 400],
  ['23505', 'ALREADY_EXISTS', 409],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'CONTENT_TYPE_UNKNOWN', 415],
])('The error %s goes out as %s', (code, refusal, status) => {
  const no = refusalFor(Object.assign(new Error('the table secret_table'), { code }))
  expect(no?.code).toBe(refusal)
  if (!no) return
  expect(problemOf(no, '/x').status).toBe(status)
  expect(JSON.stringify(problemOf(no, '/x'))).not.toContain('secret_table')
})

test('A commit of unknown fate says that asking again is safe; what nobody foresaw is no refusal', () => {
  expect(refusalFor(new OutcomeUnknown('lost'))?.code).toBe('OUTCOME_UNKNOWN')
  for (const code of ['23514', '23503', '23P01', '42P01', 'XX000'])
    expect(refusalFor(Object.assign(new Error('x'), { code })), code).toBeUndefined()
  expect(refusalFor(new TypeError('x is not a function'))).toBeUndefined()
})
