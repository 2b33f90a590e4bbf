// Whatever stands in a company, and whichever of its places have sites: each object is exactly one site's.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KERNEL_CONFIGURATION } from '#kernel/access/configuration'
import { configuration, kindsOf } from '#kernel/configuration'
import { modules } from '../../../src/modules/index.ts'
import { ownOf, type Part } from '../../../src/rollout/site/part.ts'

const kinds = kindsOf([{ name: 'kernel', documents: [], configuration: KERNEL_CONFIGURATION }, ...modules])
const CODES = ['MAIN', 'NORTH', 'SOUTH', 'MAI']

const kind = fc.constantFrom(...[...kinds.values()])
const object = kind.chain((one) =>
  fc.constantFrom(...CODES, '', null).map((code) => ({
    kind: one.name,
    fields: one.place ? { [one.place.field]: code } : { code },
  })),
)

/** The enterprise's site, the company's, and one for each of these places. */
const sitesOf = (apart: readonly string[]): readonly Part[] => [
  { scope: 'enterprise', place: null, apart },
  { scope: 'company', place: null, apart },
  ...apart.map((place): Part => ({ scope: 'place', place, apart })),
]

type Pick = (site: Part) => (one: { kind: string; fields: Readonly<Record<string, string | null>> }) => boolean

/** Each object is one site's and no other's: its place's, where that has a site. */
const partition = (pick: Pick) => () =>
  fc.assert(
    fc.property(object, fc.subarray(CODES), (one, apart) => {
      const owners = sitesOf(apart).filter((site) => pick(site)(one))
      expect(owners.length).toBe(1)
      const code = kinds.get(one.kind)?.place ? Object.values(one.fields)[0] : undefined
      expect(owners[0]?.place ?? null).toBe(apart.find((at) => at === code) ?? null)
    }),
    { numRuns: 2000 },
  )

describe('whose an object is', () => {
  test('TPL-03 TPL-05 any object is one site’s, and no other’s', () => {
    expect(partition((site) => ownOf(kinds, site))).not.toThrow()
  })

  test('control: a company that kept what its places have taken, or let go of all places, would be found out', () => {
    expect(partition((site) => ownOf(kinds, site.scope === 'company' ? { ...site, apart: [] } : site))).toThrow()
    expect(partition((site) => ownOf(kinds, site.scope === 'company' ? { ...site, apart: CODES } : site))).toThrow()
  })

  test('warehouses, their calendars and their places are what belongs to a place', () => {
    const placed = [...kinds.values()].filter((one) => one.place)
    expect(placed.map((one) => [one.name, one.place?.field, one.place?.itself])).toEqual(
      expect.arrayContaining([
        ['company.warehouse', 'code', true],
        ['company.calendar', 'code', false],
        ['inventory.location', 'warehouse', false],
      ]),
    )
    for (const one of placed) expect(one.key).toContain(one.place?.field)
  })

  test('a kind that belongs to a place must be named by it, or it could move to another site', () => {
    const fields = kinds.get('inventory.location')?.fields ?? {}
    const given = { label: 'Shelf', table: 'inventory.location', key: ['code'], fields }
    expect(() => configuration('x.shelf', { ...given, place: { field: 'warehouse', itself: false } })).toThrow(
      'its key must name warehouse',
    )
  })
})
