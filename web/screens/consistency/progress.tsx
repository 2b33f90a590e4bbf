// How far a check is that is at work just now.
import type { components } from '../../generated/api.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { WorkProgress } from '../../parts/work-progress.tsx'

export type Check = components['schemas']['insight.checks.row']

/** A bar with its numbers; before the worker has begun it says that it waits. */
export function Progress({ check }: { check: Check }) {
  useLanguage()
  const { done, total, at_work: atWork, problem } = check
  const text = total === 0 ? t('proof.waiting') : t('proof.running', { done, total })
  return (
    <WorkProgress
      text={text}
      done={done}
      total={total}
      beside={atWork ? <span className="quiet">{t('proof.at-work', { title: atWork })}</span> : null}
    >
      <p className="quiet">{problem ? t('proof.again', { problem }) : t('proof.leave')}</p>
    </WorkProgress>
  )
}
