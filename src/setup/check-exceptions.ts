// Whether what a template says of exceptions is so: its holds, its hours, the rights of whoever handles them, and the scenarios that walk them (BLU-03).
import type { Problem } from './check.ts'
import type { Template } from './template.ts'

const FILE = 'exceptions.yaml'

/** Every line that does not agree with the rest of the template; none for a template that says nothing of exceptions. */
export function exceptionProblems(template: Template): readonly Problem[] {
  if (template.exceptions === null) return []
  const { exceptions } = template.exceptions
  const said = (place: string, problem: string): Problem => ({ file: FILE, place, problem })
  const names = exceptions.map((one) => one.exception)
  const twice = names.filter((one, at) => names.indexOf(one) !== at).map((one) => said(one, 'it is there twice'))
  const silent = template.holds.holds
    .filter((hold) => !exceptions.some((one) => one.hold === hold.type))
    .map((hold) => said(hold.type, 'no exception says how this hold is handled'))
  const without = [...template.processes]
    .filter((process) => !exceptions.some((one) => one.process === process))
    .map((process) => said(process, 'no exception is described for this process'))
  return [...twice, ...silent, ...without, ...exceptions.flatMap((one) => lineProblems(template, one))]
}

type Line = NonNullable<Template['exceptions']>['exceptions'][number]

function lineProblems(template: Template, one: Line): readonly Problem[] {
  const found: Problem[] = []
  const add = (problem: string) => found.push({ file: FILE, place: one.exception, problem })
  const role = template.roles.roles.find((each) => each.role === one['handled-by'])
  if (!template.processes.has(one.process)) add(`there is no owner of a process ${one.process}`)
  if (!role) add(`there is no role ${one['handled-by']}`)
  for (const permission of one.by) {
    if (role && !role.permissions.includes(permission)) add(`${role.role} does not hold ${permission}`)
  }
  for (const scenario of one.scenarios) {
    if (!template.scenarios.has(scenario)) add(`there is no scenario ${scenario}`)
  }
  if (one.hold !== undefined) for (const problem of holdProblems(template, one, one.hold)) add(problem)
  return found
}

function holdProblems({ holds }: Template, one: Line, type: string): readonly string[] {
  const hold = holds.holds.find((each) => each.type === type)
  if (!hold) return [`there is no hold ${type}`]
  return [
    ...(hold.responsible === one['handled-by'] ? [] : [`the hold ${type} is ${hold.responsible}'s to handle`]),
    ...(hold['limit-hours'] === one['within-hours'] ? [] : [`the hold ${type} gives ${hold['limit-hours']} hours`]),
    ...(one.by.includes(hold.release) ? [] : [`the hold ${type} is let go by ${hold.release}`]),
  ]
}
