// `tradewright db`: migrations, and backups of the embedded database.
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { hotBackup, restoreBackup, startEmbedded } from '#embedded'
import { carryKeys } from '#kernel/audit-keys'
import { sql, transaction } from '#kernel/db'
import { EVERY_COMPANY } from '#kernel/every-company'
import { openKernel } from '#kernel/kernel'
import { migrate, migrationStatus } from '#kernel/migrate'
import { refusals } from '#kernel/refusal'
import { boot, explainDatabase, homeOf, joinDatabase, placeOf } from '../boot.ts'
import { type Common, clock, common, group } from './options.ts'
import { EXIT, outputOf } from './output.ts'
import { proveBooks, tellVerdict } from './verify.ts'

const refuse = refusals({
  BACKUP_NEEDS_EMBEDDED: {
    text: 'This copies the database that the product starts by itself; DATABASE_URL names one of your own at {place}. Use pg_basebackup or your provider for that.',
  },
})

/** Adds `db` and its subcommands. */
export function db(program: Command): void {
  const commands = group(program, 'db', 'migrations and backups', [
    'tradewright db status --json',
    'tradewright db backup /backup/2026-03-02',
    'tradewright db restore /backup/2026-03-02 --home /srv/restored --verify',
  ])
  common(commands.command('migrate').description('bring the database to the present version'), [
    'tradewright db migrate',
  ]).action(migrateNow)
  common(commands.command('status').description('which migrations are applied, and how large the database is'), [
    'tradewright db status --json',
  ]).action(status)
  common(
    commands
      .command('backup <folder>')
      .description('copy the running database into a new folder, while everybody works on'),
    ['tradewright db backup /backup/2026-03-02'],
  ).action(backup)
  common(
    commands
      .command('restore <folder>')
      .description('make a new home out of a backup')
      .option('--verify', 'prove the books of the restored database'),
    ['tradewright db restore /backup/2026-03-02 --home /srv/restored --verify'],
  ).action(restore)
}

async function migrateNow(given: Common): Promise<void> {
  const output = outputOf(given)
  const booted = await boot({ home: given.home, connections: 2, onProgress: output.progress })
  try {
    const { migrated } = booted
    output.result(
      { ok: true, applied: migrated },
      migrated.length === 0 ? 'The database is up to date.' : `Applied ${migrated.length} migrations.`,
    )
  } finally {
    await booted.stop()
  }
}

type Stored = { version: string; bytes: string; companies: string; accounts: string; audited: string; sealed: string }

async function status(given: Common): Promise<void> {
  const output = outputOf(given)
  const databaseUrl = process.env.DATABASE_URL
  const home = homeOf(given.home)
  const embedded = databaseUrl ? null : await joinDatabase(home, output.progress)
  try {
    const ownerUrl = databaseUrl || embedded?.ownerUrl || ''
    const migrations = await migrationStatus(ownerUrl).catch((error: unknown) => {
      throw explainDatabase(error, ownerUrl)
    })
    const pending = migrations.filter((one) => one.applied_at === null).map((one) => one.id)
    const stored = pending.length === 0 ? await sizes(databaseUrl || embedded?.url || '') : null
    output.result(
      {
        ok: pending.length === 0,
        mode: databaseUrl ? 'DATABASE_URL' : 'embedded',
        place: databaseUrl ? placeOf(databaseUrl) : home,
        migrations: migrations.map((one) => ({ id: one.id, appliedAt: one.applied_at })),
        pending,
        ...(stored ?? {}),
      },
      [
        `Database: ${databaseUrl ? placeOf(databaseUrl) : `embedded, in ${home}`}`,
        `Migrations: ${migrations.length - pending.length} applied, ${pending.length} to apply${pending.length > 0 ? ` (${pending.join(', ')})` : ''}`,
        ...(stored
          ? [
              `PostgreSQL ${stored.postgres}, ${stored.megabytes} MB, ${stored.companies} companies, ${stored.accounts} accounts, ${stored.sealed} of ${stored.audited} audit rows sealed`,
            ]
          : []),
      ].join('\n'),
    )
    if (pending.length > 0) process.exitCode = EXIT.no
  } finally {
    await embedded?.stop()
  }
}

async function sizes(url: string): Promise<{
  postgres: string
  megabytes: number
  companies: number
  accounts: number
  audited: number
  sealed: number
}> {
  const kernel = openKernel(url, { max: 1 })
  try {
    const row = await transaction(kernel.pool, { companies: [] }, async (tx) => {
      await tx.rows(EVERY_COMPANY)
      return await tx.first(sql<Stored>`select current_setting('server_version') as version, pg_database_size(current_database())::text as bytes,
        (select count(*) from access.directory())::text as companies, (select count(*) from access.account)::text as accounts,
        (select count(*) from kernel.audit)::text as audited, (select count(*) from kernel.audit_seal)::text as sealed`)
    })
    return {
      postgres: row?.version ?? 'unknown',
      megabytes: Math.ceil(Number(row?.bytes ?? 0) / 1_048_576),
      companies: Number(row?.companies ?? 0),
      accounts: Number(row?.accounts ?? 0),
      audited: Number(row?.audited ?? 0),
      sealed: Number(row?.sealed ?? 0),
    }
  } finally {
    await kernel.close()
  }
}

/** Needs no migrated database: a backup is what one takes before an upgrade. */
async function backup(folder: string, given: Common): Promise<void> {
  const output = outputOf(given)
  if (process.env.DATABASE_URL) refuse('BACKUP_NEEDS_EMBEDDED', { place: placeOf(process.env.DATABASE_URL) })
  const home = homeOf(given.home)
  const embedded = await joinDatabase(home, output.progress)
  try {
    const target = resolve(folder)
    const made = await hotBackup({
      url: embedded.ownerUrl,
      dataDirectory: embedded.dataDirectory,
      target,
      takenAt: clock().toISOString(),
      onProgress: output.progress,
    })
    // The keys that can prove the history go along; the one that signs it never does.
    const keys = carryKeys(home, target)
    output.result(
      { ok: true, ...made, keys },
      `Backed up ${made.files} files, ${Math.ceil(made.bytes / 1_048_576)} MB, into ${target}.`,
    )
  } finally {
    await embedded.stop()
  }
}

async function restore(folder: string, given: Common & { verify?: boolean }): Promise<void> {
  const output = outputOf(given)
  const home = homeOf(given.home)
  const manifest = await restoreBackup({ from: folder, home, onProgress: output.progress })
  carryKeys(resolve(folder), home)
  const embedded = await startEmbedded({ home, onProgress: output.progress })
  try {
    await migrate(embedded.ownerUrl)
    const restored = { home, takenAt: manifest.takenAt }
    if (!given.verify) {
      output.result(
        { ok: true, ...restored },
        `Restored the backup of ${manifest.takenAt} into ${home}. Start it with: tradewright serve --home ${home}`,
      )
      return
    }
    const kernel = openKernel(embedded.url, { max: 2 })
    try {
      const verdict = await proveBooks(kernel, output.progress)
      output.result(
        { ...verdict, ...restored },
        `Restored the backup of ${manifest.takenAt} into ${home}.\n${tellVerdict(verdict)}`,
      )
      if (!verdict.ok) process.exitCode = EXIT.no
    } finally {
      await kernel.close()
    }
  } finally {
    await embedded.stop()
  }
}
