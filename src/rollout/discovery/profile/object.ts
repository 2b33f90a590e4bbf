// What is looked at in source data of an object: its key, what must be filled, what is a number, what is a code.
import { policy, type SourceObject } from '../../governance/policy.ts'
import { refuse } from '../refusals.ts'

/** The rule of an object. Refuses OBJECT_UNKNOWN. */
export const sourceObject = (object: string): SourceObject =>
  policy()['source-objects'].find((one) => one.object === object) ??
  refuse('OBJECT_UNKNOWN', {
    object,
    known: policy()
      ['source-objects'].map((one) => one.object)
      .join(', '),
  })
