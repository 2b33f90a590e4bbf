// The rollout as people do it: one changes something locally, another sees it as drift and plans to take it back, a third
// approves exactly that plan; a release is followed; a difference is asked for; and everybody can read the screens.
import { afterAll, describe, expect, test } from 'vitest'
import { addDays, todayIn } from '#kernel/dates'
import { readTemplateFiles } from '../../src/setup/index.ts'
import { findingsOn } from './axe.ts'
import { ON_A_BUSY_MACHINE, type Person, startProduct } from './product.ts'

const product = await startProduct()

afterAll(() => expect(product.complaints).toEqual([]))

// First, for the releases of the walk come before those that are tried out below.
await import('./rollout-guide.scenario.ts')
await import('./deviation.scenario.ts')

type Row = Record<string, unknown>

/** What the API answers to the person in front of the page. */
const ask = async ({ page }: Person, path: string): Promise<readonly Row[]> =>
  (await page.evaluate(async (address) => (await fetch(address)).json(), path)).items

const post = ({ page }: Person, path: string, body: object): Promise<Row> =>
  page.evaluate(
    async ([address, text]) =>
      (
        await fetch(address ?? '', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
          body: text ?? '',
        })
      ).json(),
    [path, JSON.stringify(body)],
  )

const RECEIVABLE = 'Account mapping receivable'

const mapped = async (person: Person): Promise<Row> => {
  const rows = await ask(person, '/api/ledger/mapping?company=ALPHA&limit=100')
  return rows.find((row) => row.role === 'receivable') ?? {}
}

/** Somebody who keeps the books posts receivables to another account, and says why. */
async function changeLocally(account: string): Promise<void> {
  const leo = await product.person('leo')
  const mapping = await mapped(leo)
  const done = await post(leo, '/api/ledger/mapping/set?company=ALPHA', {
    ids: [mapping.id],
    account,
    reason: 'The auditors of this site want it so',
  })
  expect(done.ids).toEqual([mapping.id])
  await leo.context.close()
}

const siteOf = async (person: Person, code: string): Promise<Row> =>
  (await ask(person, '/api/rollout/board?company=ALPHA')).find((row) => row.code === code) ?? {}

/** Opens the panel of a button and presses the button of the same name in it, once the preview stands. */
async function press({ page }: Person, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click()
  const inPanel = page.locator('form button[type=submit]:not([disabled])', { hasText: name })
  await inPanel.click()
}

describe('drift', ON_A_BUSY_MACHINE, () => {
  test('TPL-04 TPL-05 a local change shows as drift, is planned to be taken back by one and approved by another, and is gone', async () => {
    const wiebke = await product.person('wiebke')
    const { page, go } = wiebke
    await go('/rollout/drift?site=GROUP')
    await page.getByText('Nothing has drifted at GROUP').waitFor()
    await page.getByText(/Every governed value has stood as it should since/).waitFor()
    await changeLocally('1120')
    await go('/rollout/drift?site=ALPHA')
    const object = page.getByRole('region', { name: RECEIVABLE })
    await object.waitFor()
    const told = (await object.locator('tbody tr').textContent()) ?? ''
    for (const part of ['Account', '1100', '1120', 'Leo Marchetti', 'Account mapping · Set, in the app']) {
      expect(told).toContain(part)
    }
    await press(wiebke, 'Take back')
    await page.getByRole('heading', { level: 1, name: /^PLAN-/ }).waitFor()
    const number = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
    await page.getByText('You made this plan, so somebody else approves it.').waitFor()
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    await page.getByRole('row', { name: /Account mapping receivable.*1120.*1100/ }).waitFor()

    const yara = await product.person('yara')
    await yara.go(`/rollout/plan/${number}`)
    await press(yara, 'Approve')
    await yara.page.locator('[data-state=approved]').first().waitFor()
    await yara.page.getByText('Approved; waits for whoever may apply plans.').waitFor()
    await yara.context.close()

    await page.locator('header [data-state=approved]').waitFor()
    await press(wiebke, 'Apply')
    await page.locator('header [data-state=applied]').waitFor()
    await go('/rollout/drift?site=ALPHA')
    await page.getByText('Nothing has drifted at ALPHA').waitFor()
    await wiebke.context.close()
    const leo = await product.person('leo')
    expect((await mapped(leo)).account).toBe('1100')
    await leo.context.close()
  })

  test('TPL-06 what shall stay for a time is asked for from the drift itself, and stands with the site', async () => {
    await changeLocally('1120')
    const wiebke = await product.person('wiebke')
    const { page, go } = wiebke
    await go('/rollout/site/ALPHA')
    await page.getByRole('region', { name: RECEIVABLE }).waitFor()
    await page.getByRole('button', { name: 'Allow for a time' }).click()
    const form = page.locator('form', { has: page.getByRole('heading', { name: /^Allow for a time: / }) })
    await form.getByLabel('Reason').fill('The local auditors keep notes apart')
    await form.getByLabel('Risk').fill('Receivables stand on two accounts')
    await form.getByLabel('Owner').fill('Leo Marchetti')
    await form.getByLabel('Compensating control').fill('Both are reconciled each month')
    await form.getByLabel('Expires on').fill('2027-06-30')
    await form.locator('button[type=submit]').click()
    await page.getByText('Asked for. The design authority decides.').waitFor()
    await page
      .getByRole('link', { name: /^Deviations/ })
      .last()
      .click()
    await page.getByRole('row', { name: /Account mapping receivable/ }).waitFor()
    const [asked] = await ask(wiebke, '/api/rollout/deviation-cards?company=ALPHA&site=ALPHA')
    expect(asked).toMatchObject({
      state: 'requested',
      kind: 'ledger.mapping',
      object_key: 'receivable',
      field: 'account',
      value: '1120',
      requested_by: 'Wiebke Janssen',
    })
    await wiebke.context.close()
  })
})

describe('the template', ON_A_BUSY_MACHINE, () => {
  test('TPL-08 a newer release is seen on the board, read before it is followed, and becomes a plan', async () => {
    const yara = await product.person('yara')
    const files = { ...readTemplateFiles() }
    const version = /^version: (\S+)/m.exec(files['template.yaml'] ?? '')?.[1] ?? ''
    const next = '9.0.0'
    files['template.yaml'] = (files['template.yaml'] ?? '').replace(`version: ${version}`, `version: ${next}`)
    const terms = files['payment-terms.yaml'] ?? ''
    files['payment-terms.yaml'] = terms.replace(
      'due: { from: invoice-date, days: 14 }',
      'due: { from: invoice-date, days: 10 }',
    )
    expect(files['payment-terms.yaml']).not.toBe(terms)
    const notes = 'Ten days instead of fourteen for small customers'
    await post(yara, '/api/rollout/release/publish?company=ALPHA', { documents: [{ files, notes }] })
    await yara.context.close()

    const wiebke = await product.person('wiebke')
    const { page, go } = wiebke
    await go('/rollout/board')
    await page.getByRole('row', { name: /BETA.*9\.0\.0 is out/ }).waitFor()
    await page.getByRole('searchbox').fill('ALPHA')
    await page.getByRole('grid', { name: 'Site board' }).focus()
    await go(`/rollout/site/${(await siteOf(wiebke, 'ALPHA')).id}`)
    await page.getByRole('button', { name: 'Follow another release' }).click()
    await page.getByText(notes).waitFor()
    await page.getByText('1 value differs for this site').waitFor()
    await page.locator('form button[type=submit]').click()
    await page.getByRole('heading', { level: 1, name: /^PLAN-/ }).waitFor()
    await page.getByRole('row', { name: /Payment term NET14.*14.*10/ }).waitFor()

    await go(`/rollout/template?view=compare&from=${version}&to=${next}`)
    await page.getByText('1 difference', { exact: true }).waitFor()
    await page.getByRole('row', { name: /NET14 Due days 14 10/ }).waitFor()
    await go(`/rollout/template?view=what-if&release=${next}`)
    await page.getByRole('row', { name: /Payment term NET14.*14 → 10.*Changes.*Changes/ }).waitFor()
    await press(wiebke, 'Plan the rings')
    // Who follows it already stands in the first ring, and holds the next one back.
    await page.locator('[data-ring="0"][data-state=open] [data-site=ALPHA][data-lacks=apply]').waitFor()
    await page.locator('[data-ring="1"][data-state=planned]', { hasText: 'Held back by' }).waitFor()
    expect(await page.getByRole('button', { name: 'Open', exact: true }).count()).toBe(0)
    await go('/rollout/template')
    await page.getByRole('searchbox').fill('payment term net14')
    await page.getByRole('grid', { name: 'Objects' }).getByText('NET14').click()
    const detail = page.getByRole('complementary', { name: 'Payment term NET14' })
    await detail.getByText('payment-terms.yaml').waitFor()
    expect(await detail.textContent()).toContain('Finance controller')
    await wiebke.context.close()
  })
})

/** Long after the deviation of the guide has run out. */
const LATER = addDays(todayIn('Etc/UTC', new Date()), 90)

/** Every screen of the rollout, with something on it. */
async function screensOf(person: Person): Promise<readonly string[]> {
  const { id } = await siteOf(person, 'ALPHA')
  const [plan] = await ask(person, '/api/rollout/plans?company=ALPHA&site=ALPHA')
  return [
    ...['board', 'drift?site=ALPHA', 'drift?site=GROUP', `plan/${plan?.id}`, `site/${id}`, `site/${id}?tab=plans`],
    ...[`site/${id}?tab=deviations`, `site/${id}?tab=about`, 'template', 'template?at=party.term%20NET14'],
    ...['template?view=compare&to=@BETA', 'template?view=what-if', `gates?site=ALPHA&gate=G3&on=${LATER}`],
  ].map((one) => `/rollout/${one}`)
}

describe('for everybody', ON_A_BUSY_MACHINE, () => {
  test('axe finds nothing serious on the screens of the rollout, light and dark, and in German none is wider than a telephone', async () => {
    const wiebke = await product.person('wiebke', { theme: 'system', language: 'de' })
    expect(await findingsOn(wiebke, await screensOf(wiebke))).toEqual([])
    await wiebke.context.close()
  })
})
