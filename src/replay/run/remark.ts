// The text by which a record that has no place for it names the line of the source it came from.

type Source = { sourceInvoice: string; sourceLine: number; sourceCode: string; remark: string }

/** 'invoice/line/code: remark', readable for people and for `sourceOf`; at most 200 characters. */
export const remarkOf = (one: Source): string =>
  `${one.sourceInvoice}/${one.sourceLine}/${one.sourceCode}: ${one.remark}`.slice(0, 200)

/** What `remarkOf` wrote; null for a text that it did not write. */
export function sourceOf(text: string): { invoice: string; line: number; code: string } | null {
  const found = /^([^/]+)\/(\d+)\/(.*?): /.exec(text)
  return found ? { invoice: found[1] ?? '', line: Number(found[2]), code: found[3] ?? '' } : null
}
