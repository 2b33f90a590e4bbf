// How the rollout reads a template: what it says of itself, whether it holds together, and its objects for a site.
import { scenarioProblems } from '../scenario/library.ts'
import { checkTemplate } from './check.ts'
import { templateObjects } from './objects.ts'
import { parseTemplate } from './template.ts'

type Files = Readonly<Record<string, string>>

export const templateReader = {
  /** Refuses TEMPLATE_INVALID. */
  manifest: (files: Files) => {
    const { code, version, open, taxes } = parseTemplate(files)
    return { code, version, open, areas: taxes.areas.map((one) => one.area) }
  },
  /** Every problem, all at once. Refuses TEMPLATE_INVALID when a file has another shape. */
  check: (files: Files) => [...checkTemplate({ folder: '', ...parseTemplate(files) }), ...scenarioProblems(files)],
  objects: templateObjects,
}
