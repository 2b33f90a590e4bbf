// Asking for a new site: nothing is made yet, so that a slip of the pen costs nobody a company.
import { Type } from '@sinclair/typebox'
import { creation } from '#kernel/command'
import { todayIn } from '#kernel/dates'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { releaseOf } from '../site/open.ts'
import type { SiteBuilder } from './build.ts'
import { newSite } from './new-site.ts'
import { refuse } from './refusals.ts'

/** `currency` by ISO 4217, `country` by ISO 3166-1 alpha-2, `timeZone` an IANA name; `release` is a number. */
const NewSiteInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  name: T.text(120),
  currency: Type.String({ pattern: '^[A-Z]{3}$', maxLength: 3 }),
  country: Type.String({ pattern: '^[A-Z]{2}$', maxLength: 2 }),
  timeZone: T.text(60),
  wave: T.integer(0, 999),
  owner: T.text(),
  release: T.code(),
})

/** Asks for new sites. Refuses NEW_SITE_THERE, RELEASE_UNKNOWN, RELEASE_WITHDRAWN, TIME_ZONE_UNKNOWN, and what the release has no rules for. */
export const request = (builder: SiteBuilder) =>
  creation(newSite.verbs.request, NewSiteInput, async (call) => {
    const { tx, companyId, ids, numbers, input, actor, now } = call
    for (const [at, one] of input.entries()) {
      todayIn(one.timeZone, now)
      const release = await releaseOf(tx, one.release)
      builder.check({ ...one, files: release.files })
      const there = await tx.first(sql`select from access.directory() where lower(code) = lower(${one.code})`)
      if (there) refuse('NEW_SITE_THERE', { code: one.code })
      try {
        await tx.run(sql`insert into rollout.new_site (company_id, id, number, state, code, name, currency, country, time_zone, wave, owner, release_id, requested_by, created_at, updated_at)
        values (${companyId}, ${ids[at]}, ${numbers[at]}, 'requested', ${one.code}, ${one.name}, ${one.currency}, ${one.country}, ${one.timeZone}, ${one.wave}, ${one.owner}, ${release.id}, ${actor}, ${now}, ${now})`)
      } catch (error) {
        if (errorCode(error) === '23505') refuse('NEW_SITE_THERE', { code: one.code })
        throw error
      }
    }
  })
