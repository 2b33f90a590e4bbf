// Adding conditions, one or a file of them: all or none, and never two that answer the same question on the same day.
import { creation } from '#kernel/command'
import { condition } from './condition.ts'
import { ConditionInput } from './input.ts'
import { writeConditions } from './write.ts'

export const add = creation(condition.verbs.add, ConditionInput, async (call) => {
  await writeConditions(call, call.ids, call.input)
})
