// Following another release: what each brings, how much of it differs for this site, and the plan that comes of it.
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { newKey } from '../../client/http.ts'
import { asProblem, type Problem } from '../../client/problem.ts'
import { type One, useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { day } from '../../i18n/format.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField, SelectField } from '../../parts/field.tsx'
import { ProblemNote, Skeleton } from '../../parts/page.tsx'
import panel from '../../parts/panel.module.css'
import { Attached } from '../../parts/pop.tsx'
import { notify } from '../../shell/notices.tsx'
import { To } from './marks.tsx'
import styles from './rollout.module.css'
import { followRelease } from './use-plan.ts'

type Props = { one: One; release: string; primary?: boolean }

/** What a release brings, in its publisher's words, and what of it differs here. */
function Brings({ site, now, number }: { site: string; now: string; number: string }) {
  useLanguage()
  const { data } = useGet('/api/rollout/releases', {})
  const diff = useGet('/api/rollout/template-diff', { site, from: now, to: number }, { enabled: now !== number })
  const release = data?.items.find((one) => one.number === number)
  if (!release) return null
  return (
    <div className={panel.preview} aria-live="polite">
      <h3>{t('rollout.follow-notes')}</h3>
      <p className={styles.notes}>{release.notes || t('rollout.no-notes')}</p>
      <p className="quiet">
        {t('rollout.released-by', {
          when: day(release.released_at.slice(0, 10)),
          name: release.released_by ?? t('common.system'),
        })}
      </p>
      {diff.error ? (
        <ProblemNote error={diff.error} />
      ) : diff.data ? (
        <p>
          {counted('rollout.follow-changes', diff.data.items.length)}{' '}
          {diff.data.items.length > 0 ? (
            <To to="/rollout/template" search={{ view: 'compare', site, from: now, to: number }}>
              {t('rollout.compare-them')}
            </To>
          ) : null}
        </p>
      ) : (
        <p className="quiet">{t('rollout.counting')}</p>
      )}
      <p>{t('rollout.follow-says', { number })}</p>
    </div>
  )
}

function FollowForm({ one, release, close }: { one: One; release: string; close: () => void }) {
  useLanguage()
  const navigate = useNavigate()
  const { data, error } = useGet('/api/rollout/releases', {})
  const others = (data?.items ?? []).filter((each) => each.state === 'released' && each.number !== release)
  const [chosen, setChosen] = useState<string>()
  const mayPlan = may('rollout.plan.make')
  const [planAtOnce, setPlanAtOnce] = useState(mayPlan)
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  // One key for each half of the intent: a second try does neither twice.
  const keys = useRef({ follow: newKey(), plan: newKey() })
  if (error) return <ProblemNote error={error} />
  if (!data) return <Skeleton lines={3} />
  const number = chosen ?? others[0]?.number
  if (number === undefined) return <p>{t('rollout.follow-only')}</p>
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    try {
      const address = await followRelease(one, number, keys.current, planAtOnce)
      notify('good', t('verb.done', { verb: t('rollout.follow') }))
      close()
      if (address) void navigate({ to: address })
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
    setBusy(false)
  }
  return (
    <form className={panel.panel} onSubmit={submit}>
      <h2>{t('rollout.follow')}</h2>
      <SelectField
        label={t('rollout.follow-release')}
        value={number}
        options={others.map((each) => ({ value: each.number, text: each.number }))}
        onChange={(event) => {
          keys.current = { follow: newKey(), plan: newKey() }
          setChosen(event.target.value)
        }}
        data-autofocus
      />
      <Brings site={one.id} now={release} number={number} />
      {mayPlan ? (
        <CheckField
          label={t('rollout.follow-plan')}
          checked={planAtOnce}
          onChange={(event) => setPlanAtOnce(event.target.checked)}
        />
      ) : null}
      {problem ? <ProblemNote error={problem} after={t('verb.not-done')} /> : null}
      <div className={panel.actions}>
        <Button tone="quiet" onClick={close}>
          {t('verb.cancel')}
        </Button>
        <Button type="submit" tone="primary" disabled={busy}>
          {t('rollout.follow')}
        </Button>
      </div>
    </form>
  )
}

/** The button and its panel; nothing without the right. */
export function FollowButton({ one, release, primary = false }: Props) {
  useLanguage()
  const [opened, setOpened] = useState(false)
  if (!may('rollout.site.follow') || !may('rollout.release.read')) return null
  return (
    <Attached
      label={t('rollout.follow')}
      opened={opened}
      onOpened={setOpened}
      width={480}
      target={
        <Button tone={primary ? 'primary' : 'plain'} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t('rollout.follow')}
        </Button>
      }
    >
      <FollowForm one={one} release={release} close={() => setOpened(false)} />
    </Attached>
  )
}
