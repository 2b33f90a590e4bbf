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
})
