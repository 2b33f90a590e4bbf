// What a red scenario is down to: the fewest differences without which it is green, found by taking parts of them away.
import type { Difference } from '../rollout/uat/differences.ts'

type Differences = readonly Difference[]

/**
 * The differences that make a scenario red, none of them needlessly. `green` plays it with these differences taken back.
 * What explained other scenarios is tried first, each and together, as one wrong account is behind many. Empty when it
 * stays red without any difference: then the product or the scenario is wrong, and not the configuration. For k causes
 * among n differences it plays about 2k log2(n) times.
 *
 * After U. Junker, QuickXplain: Preferred Explanations and Relaxations for Over-Constrained Problems, AAAI 2004.
 */
export async function causesOf(
  differences: Differences,
  known: readonly Differences[],
  green: (without: Differences) => Promise<boolean>,
): Promise<Differences> {
  const together = [...new Set(known.flat())]
  const tries = [...known, ...(known.length > 1 ? [together] : [])]
  for (const one of tries) if (await green(one)) return one
  if (differences.length === 0 || !(await green(differences))) return []
  return await fewest([], false, differences, green)
}

/** What of `suspects` must be taken back beside `taken`, which has just `grown` or not. */
async function fewest(
  taken: Differences,
  grown: boolean,
  suspects: Differences,
  green: (without: Differences) => Promise<boolean>,
): Promise<Differences> {
  if (grown && (await green(taken))) return []
  if (suspects.length === 1) return suspects
  const half = Math.ceil(suspects.length / 2)
  const [first, second] = [suspects.slice(0, half), suspects.slice(half)]
  const ofSecond = await fewest([...taken, ...first], true, second, green)
  const ofFirst = await fewest([...taken, ...ofSecond], ofSecond.length > 0, first, green)
  return [...ofFirst, ...ofSecond]
}
