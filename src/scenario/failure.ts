// What a scenario found to be otherwise than written: it names the step, what was expected and what was there.

/** A difference between what a scenario says and what the product did. */
export class ScenarioFailure extends Error {
  override readonly name = 'ScenarioFailure'
}

/** Throws a ScenarioFailure with this sentence. */
export function fail(problem: string): never {
  throw new ScenarioFailure(problem)
}

/** A value as it reads in a sentence. */
export const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))
