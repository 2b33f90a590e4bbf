// A promise vanished between reading it and locking its stock: the whole command is run again, and nobody notices.

/** Carries the code of a serialisation failure, which the kernel's transaction tries again. */
export class Torn extends Error {
  override readonly name = 'Torn'
  readonly code = '40001'
}
