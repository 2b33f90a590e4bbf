// The sentences of values and lists that stand in many screens, in German.
import type { enValues } from './en-values.ts'

export const deValues: Record<keyof typeof enValues, string> = {
  'value.always': 'immer',
  'value.from-day': 'ab {day}',
  'value.until-day': 'bis {day}',
  'value.everyone': 'Alle',
  'value.everything': 'Alles',
  'value.price-group': 'Eine Preisgruppe',
  'value.group-named': 'Gruppe {group}',
  'list.no-number': 'noch ohne Nummer',
  'verb.waits-then':
    'Der Betrag verlangt eine Freigabe: {number} bleibt, wie es ist, bis sie da ist. Wer entscheidet, findet sie unter Was wartet.',
  'nav.rollout-sites': 'Standorte',
  'nav.rollout-template': 'Vorlage',
  'nav.rollout-design': 'Entwurf und Daten',
  'nav.rollout-governance': 'Tore und Steuerung',
  'nav.rollout-access': 'Zugriff',
}
