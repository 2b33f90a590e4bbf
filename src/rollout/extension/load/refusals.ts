// Every no about the code of an extension: its folder, its checks, its walls and its installation.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  EXTENSION_MANIFEST: {
    text: 'Extension {extension} does not hold together: {problem}. Correct it and try again.',
    kind: 'invalid',
  },
  EXTENSION_REFUSED: {
    text: 'Extension {extension} is not let in, for {count} reasons. Correct them and check it again: {problems}',
    kind: 'rule',
  },
  EXTENSION_CONFINED: {
    text: 'Extension {extension} reached out of what it may do: {problem}',
    kind: 'forbidden',
    retry: 'no',
  },
  EXTENSION_NOT_INSTALLED: {
    text: 'Extension {extension} is not installed in this database as its folder has it. Install it first: tradewright extension install {folder}.',
    kind: 'conflict',
  },
  EXTENSION_INSTALL: {
    text: 'Extension {extension} could not be installed: {problem}. Nothing was changed; correct its db folder and try again.',
    kind: 'rule',
  },
  EXTENSION_CHANGED: {
    text: 'Extension {extension} changed {file}, which this database has already. Restore the file, and write the change into a new one.',
    kind: 'conflict',
  },
})
