// YAML as values: a text that was read before is not read again, for parsing it costs a hundred times as much.
import { parse } from 'yaml'
import { remembered } from './remember.ts'

/** What the text says, frozen. Throws `YAMLParseError` with line and column. */
export const readYaml: (text: string) => unknown = remembered<unknown>(64, (text) => parse(text))
