// Deliberately unsafe variants of every verb, for the controls: the key is kept in a transaction of its own.
import type { Command } from '#kernel/command'
import type { Context } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'

/** 'key-after': the effect first, then its key. 'key-before': the key first, then its effect. */
export const careless = (modules: readonly ModuleSpec[], way: string): readonly ModuleSpec[] =>
  modules.map((one) => ({ ...one, commands: one.commands.map((command) => carelessly(command, way)) }))

function carelessly(command: Command, way: string): Command {
  return {
    ...command,
    async run(kernel, context, request) {
      const { key, ...keyless } = context
      if (!key || context.dryRun) return await command.run(kernel, context, request)
      if (!(await keep(kernel, context, command.verb.may, key, way))) return { ids: request.ids ?? [], replayed: true }
      const answer = await command.run(kernel, keyless, request)
      if (way === 'key-after') await keep(kernel, context, command.verb.may, key, 'after')
      return answer
    },
  }
}

/** Whether the request is new. Writes the key down, unless it is only looked for ('key-after'). */
const keep = (kernel: Kernel, context: Context, route: string, key: string, way: string): Promise<boolean> =>
  transaction(kernel.pool, { companies: [context.companyId] }, async (tx) => {
    const known = await tx.first(sql`select from kernel.idempotency
      where company_id = ${context.companyId} and principal_id = ${context.principal.id} and route = ${route} and key = ${key}`)
    if (known) return false
    if (way === 'key-after') return true
    await tx.run(sql`insert into kernel.idempotency (company_id, principal_id, route, key, input_hash, at)
      values (${context.companyId}, ${context.principal.id}, ${route}, ${key}, ${Buffer.of(0)}, ${context.now})`)
    return true
  })
