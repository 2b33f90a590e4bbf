// The order behind a hold and which of its verbs is open: what the buttons of a pane and their keys share.
import { useState } from 'react'
import { useDocument } from './use-document.ts'

export function useSteps(order: string) {
  const [opened, setOpened] = useState<string>()
  const { data } = useDocument('sales.order', order)
  return {
    order: data,
    /** Opens the panel of a verb. */
    open: setOpened,
    /** What the button of a verb needs; nothing opens before the order is there. */
    around: (verb: string) => ({
      document: 'sales.order',
      verb,
      subjects: data ? [data] : [],
      opened: opened === verb && data !== undefined,
      onOpened: (open: boolean) => setOpened(open ? verb : undefined),
    }),
  }
}
