// Every no that catalog knows, as the person reads it.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  ITEM_UNKNOWN: {
    text: '{line}: no item goes by "{code}". Use our item code, a GTIN, the number of the customer or supplier, or an old number.',
    kind: 'invalid',
  },
  ITEM_AMBIGUOUS: {
    text: '{line}: "{code}" means {matches}. Use the item code of the one you want.',
    kind: 'invalid',
  },
  ITEM_HAS_MOVEMENTS:
    'Item {code} has moved, so its {what} cannot change: stock and its value are counted in it. Create a successor with the verb successor, sell off {code} and make it obsolete.',
  ITEM_HAS_SUCCESSOR: 'Item {code} has the successor {successor} already. Change that one, or make a successor of it.',
  ITEM_NOT_CODED: 'Item {code} cannot be active: {problems}. Correct it first.',
  UNIT_NO_FACTOR:
    'Item {code} is counted in {base}, and nobody says how many {base} one {unit} is. Give the factor, or record a conversion between the two units.',
  UNIT_LOSSY:
    'Item {code}: one {unit} is {num}/{den} {base}, which cannot be counted without loss ({base} {limit}). Choose a smaller base unit.',
  UNIT_IN_USE: 'Item {code} is handled in {unit}, so the unit stays. Choose another unit for it first.',
  UNIT_CIRCLE: { text: 'A conversion is between two units, and {unit} is one. Name two.', kind: 'invalid' },
  CATEGORY_CYCLE: 'With this parent, category {code} would stand above itself. Choose another parent.',
  CATEGORY_IN_USE: 'Category {code} still has {what}. Move them elsewhere first.',
  CATEGORY_NOT_LEAF:
    'Category {code} has categories below it, and a site adds attributes to leaves only. Choose one below.',
  PATTERN_INVALID: {
    text: '"{pattern}" is not a regular expression. Correct the code pattern of category {code}.',
    kind: 'invalid',
  },
  ENTERPRISE_ONLY: {
    text: 'The taxonomy belongs to the whole enterprise: your right to {verb} it is for one company only. Ask who keeps it, or add an attribute to a leaf for your site.',
    kind: 'forbidden',
  },
  GTIN_INVALID: {
    text: '"{code}" is not a GTIN: it needs 8, 12, 13 or 14 digits with a right check digit. Scan it again.',
    kind: 'invalid',
  },
  CROSS_REFERENCE_TAKEN: {
    text: '"{code}" means item {item} already ({scope}). Remove that cross-reference first, or correct the code.',
    kind: 'conflict',
  },
  CROSS_REFERENCE_PARTY: { text: '"{code}": {problem}', kind: 'invalid' },
  CROSS_REFERENCE_UNIT: {
    text: '"{code}": item {item} is not handled in {unit}. Give the item that unit first.',
    kind: 'invalid',
  },
  SUBSTITUTE_ITSELF: { text: 'Item {code} cannot stand in for itself. Name another one.', kind: 'invalid' },
  SUBSTITUTE_TAKEN: { text: '{substitute} stands in for {item} already. Change that entry.', kind: 'conflict' },
})
