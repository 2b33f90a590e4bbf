// Offering what a site does better to everybody: a proposal to change the template, which the design authority decides.
import { useState } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import { touched } from '../../client/questions.ts'
import { perform, preview, type Request } from '../../generic/verb/use-verb.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { Button } from '../../parts/button.tsx'
import panel from '../../parts/panel.module.css'
import type { Drift } from './drifted.ts'

const PROPOSAL = 'rollout.proposal'

/** The proposal's reason is its own member, beside the reason of the verb. */
const requestOf = (site: string, one: Drift, reason: string): Request => ({
  document: PROPOSAL,
  verb: 'adopt',
  subjects: [],
  input: { documents: [{ site, kind: one.kind, key: one.key, ...(one.field ? { field: one.field } : {}), reason }] },
})

/** The button; without the right, or where nothing can be proposed yet, it stands there and says why it cannot be pressed. */
export function AdoptButton({ site, one }: { site: string; one: Drift }) {
  useLanguage()
  const [opened, setOpened] = useState(false)
  const verb = useDescription(PROPOSAL)?.verbs.find((each) => each.verb === 'adopt')
  if (!verb) {
    return (
      <Button tone="quiet" className={panel.small ?? ''} disabled title={t('rollout.adopt-not')}>
        {t('rollout.adopt')}
      </Button>
    )
  }
  return (
    <ActButton
      small
      opened={opened}
      onOpened={setOpened}
      act={{
        text: t('rollout.adopt'),
        reason: 'needed',
        of: `${site} ${one.kind} ${one.key} ${one.field ?? ''}`,
        look: (reason, signal) => preview(requestOf(site, one, reason), signal),
        perform: (reason, key) => perform(requestOf(site, one, reason), key),
        says: () => <p>{t('rollout.adopt-says')}</p>,
        done: () => touched(PROPOSAL, []),
      }}
    />
  )
}
