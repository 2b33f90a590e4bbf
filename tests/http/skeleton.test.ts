// From the wire to the row and back: signing in, one verb, one answer.
import { expect, test } from 'vitest'
import { clientOf, cookieOf } from './support/client.ts'
import { PASSWORD, startSite } from './support/site.ts'

const site = await startSite()

test('A person signs in and writes a note', async () => {
  await site.person('ann@example.test', ['desk.note.write', 'desk.note.read'])
  const signedIn = await site.anybody.post('/api/session', { email: 'Ann@Example.test', password: PASSWORD })
  expect(signedIn.status, signedIn.text).toBe(200)
  const ann = clientOf(site.origin, { cookie: cookieOf(signedIn) })
  const written = await ann.post('/api/desk/note/write', {
    documents: [
      {
        subject: 'Call the carrier',
        warehouse: site.warehouses.W1,
        amount: '12.50',
        lines: [{ text: 'ask for the ramp', quantity: '1' }],
      },
    ],
  })
  expect(written.status, written.text).toBe(200)
  expect(written.body.numbers).toEqual(['N-0001'])
  const rows = await site.admin.query('select subject, state from desk.note')
  expect(rows.rows).toEqual([{ subject: 'Call the carrier', state: 'open' }])
})

test('A machine does the same with its key, and only what its role allows', async () => {
  const { client } = await site.machine(['desk.note.write'])
  const written = await client.post('/api/desk/note/write', {
    documents: [{ subject: 'x', warehouse: site.warehouses.W1, amount: '1' }],
  })
  expect(written.status, written.text).toBe(200)
  const finished = await client.post('/api/desk/note/finish', { ids: written.body.ids })
  expect(finished.status).toBe(403)
  expect(finished.body.code).toBe('NOT_ALLOWED')
})
