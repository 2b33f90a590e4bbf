// What is listed once at a site: turns the database's no into words.
import { errorCode } from '#kernel/db'
import { refuse } from './refusals.ts'

/** Waits for a write. Refuses LISTED_ALREADY when the same is there. */
export async function once(what: string, work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (errorCode(error) === '23505') refuse('LISTED_ALREADY', { what })
    throw error
  }
}
