// What every part of a day works with.
import type { Desk } from './desk.ts'
import type { IdMaker } from './ids.ts'
import type { Masters } from './masters.ts'
import type { Survey } from './survey.ts'

export type Work = {
  readonly desk: Desk
  readonly ids: IdMaker
  readonly masters: Masters
  readonly survey: Survey
  readonly warehouseId: string
  /** Refreshes the planner's statistics; see `RunOptions`. */
  readonly analyse: () => Promise<void>
}

/** When the parts of a day happen that the source gives no time for: before the first and after the last customer. */
export const MORNING = '06:00:00'
export const EVENING = '21:00:00'
