// Where one can go: the screens written by hand and the lists of all documents, in the order in which people need them.
import type { Descriptions, DocumentText } from '../client/descriptions.ts'
import { listPath } from '../client/descriptions.ts'
import { may } from '../client/session.ts'
import { documentsWord, type Key, t } from '../i18n/index.ts'
import { screens } from '../screens/index.ts'

export type Area = 'sales' | 'warehouse' | 'stock' | 'finance' | 'masters' | 'rollout' | 'set-up'
export type Place = {
  area: Area
  to: string
  text: string
  letter?: string
  document?: string
  quiet?: boolean
  /** The part of its area under which a list is folded away, where an area has parts. */
  part?: Part
}

/** The parts of the rollout, which is as large as all other areas together. */
export type Part = 'sites' | 'template' | 'design' | 'governance' | 'access'
export const PARTS: readonly Part[] = ['sites', 'template', 'design', 'governance', 'access']

export const AREAS: readonly Area[] = ['sales', 'warehouse', 'stock', 'finance', 'masters', 'rollout', 'set-up']

// Documents of daily work, in their area; others follow by module. The letter is what comes after g.
const DAILY: readonly (readonly [Area, string, string?])[] = [
  ['sales', 'sales.order', 'o'],
  ['sales', 'returns.rma', 'r'],
  ['sales', 'party.customer', 'c'],
  ['warehouse', 'warehouse.shipment', 's'],
  ['warehouse', 'warehouse.receipt', 'w'],
  ['warehouse', 'inventory.transfer', 't'],
  ['stock', 'catalog.item', 'i'],
  ['stock', 'inventory.lot', 'l'],
  ['stock', 'inventory.move', 'm'],
  ['stock', 'inventory.adjustment', 'a'],
  ['finance', 'receivables.invoice', 'n'],
  ['finance', 'receivables.payment', 'p'],
  ['finance', 'receivables.credit-note'],
  ['finance', 'credit.account', 'k'],
  ['finance', 'ledger.entry', 'e'],
  ['finance', 'ledger.period'],
  ['finance', 'ledger.account'],
]

const AREA_OF_MODULE: Readonly<Record<string, Area>> = {
  sales: 'sales',
  returns: 'sales',
  warehouse: 'warehouse',
  inventory: 'stock',
  receivables: 'finance',
  credit: 'finance',
  ledger: 'finance',
  rollout: 'rollout',
}

const PART_OF: Readonly<Record<string, Part>> = {
  'rollout.site': 'sites',
  'rollout.new-site': 'sites',
  'rollout.plan': 'sites',
  'rollout.checklist': 'sites',
  'rollout.checklist-item': 'sites',
  'rollout.uat-run': 'sites',
  'rollout.uat-defect': 'sites',
  'rollout.sandbox': 'sites',
  'rollout.release': 'template',
  'rollout.proposal': 'template',
  'rollout.trial': 'template',
  'rollout.ring': 'template',
  'rollout.extension': 'template',
  'rollout.answer': 'design',
  'rollout.process': 'design',
  'rollout.finding': 'design',
  'rollout.integration': 'design',
  'rollout.participant': 'design',
  'rollout.source-profile': 'design',
  'rollout.code-mapping': 'design',
  'rollout.requirement': 'design',
  'rollout.register': 'design',
  'rollout.access-request': 'access',
  'rollout.access-waiver': 'access',
  'rollout.access-review': 'access',
}

/** What nobody placed stands with governance, where the papers and registers are. */
const partOf = (area: Area, name: string): { part?: Part } =>
  area === 'rollout' ? { part: PART_OF[name] ?? 'governance' } : {}

function areaOf(doc: DocumentText): Area {
  const daily = DAILY.find(([, name]) => name === doc.name)
  if (daily) return daily[0]
  if (doc.role === 'configuration') return 'set-up'
  return AREA_OF_MODULE[doc.name.split('.')[0] ?? ''] ?? 'masters'
}

/** Every place the person may go to, screens before lists, daily lists before others. */
export function placesOf({ documents, byName }: Descriptions): readonly Place[] {
  const rank = (doc: DocumentText) => {
    const at = DAILY.findIndex(([, name]) => name === doc.name)
    return at < 0 ? DAILY.length : at
  }
  const byHand = screens
    .filter((screen) => screen.nav && (!screen.needs || screen.needs.some((name) => byName.has(name))))
    .filter((screen) => !screen.may || screen.may.some(may))
    .map((screen) => ({
      area: screen.nav?.area ?? 'sales',
      to: screen.path,
      text: screen.nav ? t(screen.nav.text) : '',
      ...(screen.nav?.letter ? { letter: screen.nav.letter } : {}),
    }))
  const lists = [...documents]
    .sort((a, b) => rank(a) - rank(b))
    .map((doc) => {
      const letter = DAILY.find(([, name]) => name === doc.name)?.[2]
      return {
        area: areaOf(doc),
        to: listPath(doc.name),
        text: documentsWord(doc.name, doc.label),
        document: doc.name,
        quiet: rank(doc) === DAILY.length,
        ...(letter ? { letter } : {}),
        ...partOf(areaOf(doc), doc.name),
      }
    })
  return [...byHand, ...lists]
}

export const areaKey = (area: Area): Key => `nav.${area}`
export const partKey = (part: Part): Key => `nav.rollout-${part}`
