// A cell that a spreadsheet would run as a formula leaves as text, and comes back as it was (ASVS 5.0, 1.2.10).

/**
 * Puts an apostrophe before text that begins like a formula: with = + - @, a tab, a line break, or their full-width
 * forms. Text that already has apostrophes there gets one more, so that `unguardText` always gives back the original.
 */
export function guardText(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text
}

/** Takes away the one apostrophe that `guardText` put there; other text stays as it is. */
export function unguardText(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text
}

const DANGEROUS = /^'*[=+\-@\t\r\n＝＋－＠]/
const GUARDED = /^'+[=+\-@\t\r\n＝＋－＠]/
