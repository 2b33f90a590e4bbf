// Words that somebody types in any order, as patterns that each must be found.

/** At most six; a longer text means what its first words mean. Signs that patterns know are taken as they stand. */
export const wordsOf = (text: string): readonly string[] =>
  (text.trim() === '' ? [''] : text.trim().split(/\s+/))
    .slice(0, 6)
    .map((word) => `%${word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`)
