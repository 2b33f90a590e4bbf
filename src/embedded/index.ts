// The embedded PostgreSQL: what starts when no DATABASE_URL is set, and its hot backups.
export { type Backup, hotBackup } from './backup.ts'
export type { Embedded } from './embedded.ts'
export { EmbeddedError, type EmbeddedErrorCode } from './embedded-error.ts'
export type { Manifest } from './manifest.ts'
export type { Progress } from './progress.ts'
export { cloneRunning, restoreBackup } from './restore.ts'
export { type StartOptions, startEmbedded } from './start.ts'
export { verifyBackup } from './verify.ts'
