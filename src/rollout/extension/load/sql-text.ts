// What the SQL of an extension may say: rows of its own schema, and published views that its manifest names; held against
// the text when it is written (the static check) and again each time it is run.

/** `own` is its schema, `reads` the views it may read, `schemas` those of the product, `writes` whether it may write here. */
export type Bounds = {
  readonly own: string
  readonly reads: ReadonlySet<string>
  readonly schemas: ReadonlySet<string>
  readonly writes: boolean
}

export type SqlProblem = {
  readonly code: 'RAW_DATABASE' | 'FOREIGN_SCHEMA' | 'WRITES_OUTSIDE_VERB'
  readonly problem: string
}

/** Schemas of every product, beside those of its modules. */
const SYSTEM_SCHEMAS = ['kernel', 'access', 'rollout', 'tradewright', 'public', 'pg_catalog', 'information_schema']

/** Every schema of a product with these modules. */
export const schemasOf = (modules: readonly { readonly name: string }[]): ReadonlySet<string> =>
  new Set([...SYSTEM_SCHEMAS, ...modules.map((one) => one.name)])

// What leads out of the statement: settings and roles, the catalogue, other servers, files, and functions that run text as SQL.
const OUTSIDE =
  /\b(?:set_config|current_setting|set\s+role|reset\s+role|dblink\w*|lo_\w+|pg_\w+|information_schema|\w*_to_xml\w*|ts_stat|ts_rewrite|crosstab\w*)\b/
const BEGINS = /^\s*(?:select|insert|update|delete|with|values)\b/
const WRITES =
  /\b(?:insert\s+into|delete\s+from|merge\s+into|(?<!\b(?:for|key|do)\s+)update)\s+(?:only\s+)?([a-z_][\w.]*)/g
const QUALIFIED = /\b([a-z_]\w*)\.([a-z_]\w*)/g

/** The statement without comments, texts and quotation marks, in lower case. */
export const bare = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/--[^\n]*/g, ' ')
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/"/g, '')
    .toLowerCase()

/** Every problem of one statement, none when it keeps to its bounds. A piece that is no whole statement (`whole` false) may begin as it likes. */
export function sqlProblems(text: string, bounds: Bounds, whole = true): readonly SqlProblem[] {
  const { own, reads, schemas, writes } = bounds
  const said = bare(text)
  const found: SqlProblem[] = []
  if ((whole && !BEGINS.test(said)) || /;\s*\S/.test(said) || /\$\w*\$/.test(said) || OUTSIDE.test(said)) {
    const part = OUTSIDE.exec(said)?.[0] ?? said.trim().split(/\s+/).slice(0, 3).join(' ')
    found.push({
      code: 'RAW_DATABASE',
      problem: `"${part}" leaves the statement. Write one plain select, insert, update or delete.`,
    })
  }
  const written = [...said.matchAll(WRITES)].map((match) => match[1] ?? '')
  for (const target of written) {
    if (!target.startsWith(`${own}.`))
      found.push({
        code: 'FOREIGN_SCHEMA',
        problem: `it writes ${target}. Write tables of ${own} only; have others changed by the verbs of their documents.`,
      })
  }
  if (written.length > 0 && !writes)
    found.push({
      code: 'WRITES_OUTSIDE_VERB',
      problem: `it writes ${written[0]} outside of a verb. Move it into a verb, in the file DOCUMENT/VERB.ts, and say that verb instead.`,
    })
  for (const [whole, schema = ''] of said.matchAll(QUALIFIED)) {
    const foreign = schema !== own && (schemas.has(schema) || schema.startsWith('x_')) && !reads.has(whole)
    if (foreign && !written.includes(whole))
      found.push({
        code: 'FOREIGN_SCHEMA',
        problem: `it names ${whole}. Read a published view (v_…) and list it under reads in extension.yaml.`,
      })
  }
  return found
}
