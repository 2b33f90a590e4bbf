// Every no of door tags.
import type { Hooks } from '../../src/rollout/extension/load/hooks.ts'

export const refusalsOf = ({ refusals }: Hooks) =>
  refusals({
    DOOR_TAGS_ADDRESS: {
      text: 'There is no open delivery address {id} here. Choose one of the customer, or have it opened again.',
      kind: 'unknown',
    },
    DOOR_TAGS_THERE: {
      text: 'This delivery address has a door tag already. Move that one to the right door.',
      kind: 'conflict',
    },
  })

export type Refuse = ReturnType<typeof refusalsOf>
