// A scene of a story: one step of one document, with everything that the step may look at.
import type { Desk, Doing } from '../desk.ts'
import type { DemoFiles, Story } from '../files.ts'
import type { Told } from '../told.ts'

export type Scene = {
  readonly desk: Desk
  readonly files: DemoFiles
  readonly told: Told
  readonly story: Story
  readonly doing: Doing
}

/** What a step does. It keeps the ids of what it made with the document that is told. */
export type Act = (scene: Scene) => Promise<void>

/** The order that a step means: the one that was drafted last. */
export const orderOf = ({ told }: Scene): string => told.orders.at(-1) ?? lost(told, 'order')

/** Something that an earlier step made. */
export const madeBy = ({ told }: Scene, what: string): string => told.made.get(what) ?? lost(told, what)

/** The reason of the story for its n-th document. */
export function reasonOf({ story, told }: Scene): string {
  const { reason } = story
  return (typeof reason === 'string' ? reason : reason?.[told.at % reason.length]) ?? story.why
}

function lost(told: Told, what: string): never {
  throw new Error(`${told.name} has no ${what} yet`)
}
