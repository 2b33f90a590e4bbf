// Whether the quality targets of a template agree with its scenarios: a limit that a scenario tests is the scenario's own (BLU-02).
import type { Problem } from './check.ts'
import type { Template } from './template.ts'

/** Every target that says another limit than its scenario, or is there twice; none for a template without targets. */
export function targetProblems({ targets, limits, scenarios }: Template): readonly Problem[] {
  const all = targets?.targets ?? []
  const said = (place: string, problem: string): Problem => ({ file: 'quality-targets.yaml', place, problem })
  const names = all.map((one) => one.target)
  const twice = names.filter((one, at) => names.indexOf(one) !== at).map((one) => said(one, 'it is there twice'))
  const wrong = all.flatMap((one) => {
    if (one.scenario === undefined) return []
    if (!scenarios.has(one.scenario)) return [said(one.target, `there is no scenario ${one.scenario}`)]
    const within = limits.get(one.scenario) ?? []
    if (within.length > 0 && within.every((limit) => limit === one['at-most'])) return []
    return [
      said(one.target, `scenario ${one.scenario} allows ${within.join(', ') || 'any time'} and not ${one['at-most']}`),
    ]
  })
  return [...twice, ...wrong]
}
