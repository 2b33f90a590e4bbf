// The embedded PostgreSQL: what starts when no DATABASE_URL is set, and its hot backups.

export type { Embedded } from './embedded.ts'
export { EmbeddedError, type EmbeddedErrorCode } from './embedded-error.ts'
export type { Progress } from './progress.ts'
export { type StartOptions, startEmbedded } from './start.ts'
