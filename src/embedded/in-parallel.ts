// Runs one kind of work over a list, a few at a time, and stops at the first failure.

// As many as Node has threads for files: more would only queue.
const workers = 4

/** Calls `work` for every item, four at a time, in order of the list. Rejects with the first error. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  let failed = false
  const worker = async () => {
    for (const item of queue) {
      if (failed) return
      try {
        await work(item)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const results = await Promise.allSettled(Array.from({ length: workers }, worker))
  for (const result of results) {
    if (result.status === 'rejected') throw result.reason
  }
}
