// Planning the rings of a release, or planning them anew: the pilots are chosen, the rest is proposed by what it does to each site.
import { useState } from 'react'
import { get } from '../../client/http.ts'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { perform, preview, type Request } from '../../generic/verb/use-verb.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { CheckField } from '../../parts/field.tsx'
import styles from './rings.module.css'

type Proposed = components['schemas']['rollout.ring-proposal.row']
type Placed = { readonly code: string }

/** The column is JSON, which the API describes as unknown; the server writes the sites with their codes. */
const codesOf = (one: Proposed): string => ((one.sites ?? []) as readonly Placed[]).map((each) => each.code).join(', ')

type Asked = { readonly release: string; readonly pilots: readonly string[]; readonly verb: 'plan' | 'replan' }

/** Has the rings proposed as things stand now, and makes the request that keeps exactly these. */
async function requestOf({ release, pilots, verb }: Asked, reason: string, signal?: AbortSignal) {
  const query = { release, ...(pilots.length > 0 ? { pilots: pilots.join(',') } : {}) }
  const { items } = await get('/api/rollout/ring-proposal', { query, ...(signal ? { signal } : {}) })
  const request: Request = {
    ...{ document: 'rollout.ring', verb, subjects: [] },
    input: { documents: items.map((one) => ({ ...one, release })) },
    ...(verb === 'replan' ? { reason } : {}),
  }
  return { items, request }
}

function Proposal({ items }: { items: readonly Proposed[] }) {
  useLanguage()
  return (
    <dl>
      {items.map((one) => (
        <div key={one.ring}>
          <dt>{t('rollout.ring-title', { ring: one.ring, name: one.name })}</dt>
          <dd className="code">{codesOf(one) || '–'}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The choice of pilots and the button; nothing for whoever may not plan. */
export function PlanRings({ release, anew }: { release: string; anew: boolean }) {
  useLanguage()
  const board = useGet('/api/rollout/board', {})
  const [pilots, setPilots] = useState<readonly string[]>([])
  const verb = anew ? 'replan' : 'plan'
  if (!may(`rollout.ring.${verb}`)) return null
  const asked: Asked = { release, pilots, verb }
  const choices = (board.data?.items ?? []).filter((one) => one.scope !== 'enterprise')
  const toggle = (code: string, on: boolean) => setPilots(on ? [...pilots, code] : pilots.filter((one) => one !== code))
  return (
    <>
      <fieldset className={styles.pilots}>
        <legend>{t('rollout.ring-pilots')}</legend>
        {choices.map((one) => (
          <CheckField
            key={one.id}
            label={one.code}
            checked={pilots.includes(one.code)}
            onChange={(event) => toggle(one.code, event.target.checked)}
          />
        ))}
      </fieldset>
      <ActButton
        act={{
          text: t(anew ? 'rollout.rings-replan' : 'rollout.rings-plan'),
          ...(anew ? { reason: 'needed' as const } : {}),
          of: `${release} ${pilots.join(' ')}`,
          look: async (reason, signal) => {
            const { items, request } = await requestOf(asked, reason, signal)
            await preview(request, signal)
            return items
          },
          perform: async (reason, key) => {
            const { items, request } = await requestOf(asked, reason)
            await perform(request, key)
            return items
          },
          says: (items) => (
            <>
              <p>{t(anew ? 'rollout.rings-replan-says' : 'rollout.rings-plan-says')}</p>
              <Proposal items={items} />
            </>
          ),
        }}
      />
    </>
  )
}
