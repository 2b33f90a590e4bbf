// Taking the order: its draft is saved, confirming is tried without effect, and then done, each under a key that acts once.
import { useState } from 'react'
import { newKey, read } from '../../client/http.ts'
import { asProblem, type Problem } from '../../client/problem.ts'
import { type One, touched } from '../../client/questions.ts'
import type { Store } from '../../client/store.ts'
import { perform, preview, type Request, type Subject } from '../../generic/verb/use-verb.ts'
import { startOver } from './actions.ts'
import { forgetAnswers } from './ask-lines.ts'
import { type Draft, headInput, linesInput, type Saved } from './draft.ts'

export type Verb = 'confirm' | 'quote'
export type Looked = { number: string; state: string; total: string; currency: string }
export type Done = { id: string; number: string; state: string; total: string; currency: string; verb: Verb }
export type Stage =
  | { step: 'typing' }
  | { step: 'looking' }
  | { step: 'looked'; looked: Looked; text: string }
  | { step: 'doing'; looked: Looked }
  | { step: 'done'; done: Done }
  | { step: 'failed'; problem: Problem; verb?: Verb }

/** All that of a draft is saved, as text, to know whether it has changed since. */
export const textOfDraft = (draft: Draft): string =>
  JSON.stringify([draft.customer?.id, draft.warehouse, headInput(draft), linesInput(draft)])

const orderOf = async (id: string): Promise<One & { total: string; currency: string }> =>
  // A sales order, whose description has these members.
  (await read('/api/sales/order/{id}', { params: { id } })) as One & { total: string; currency: string }

const subjectOf = ({ id, number, version }: Saved): Subject => ({ id, number, state: 'draft', version })

/** Saves the draft when it is new or has changed; the server's refusal goes to the caller. */
async function save(store: Store<Draft>): Promise<Saved> {
  const draft = store.get()
  const text = textOfDraft(draft)
  const { saved } = draft
  if (saved?.text === text) return saved
  // Who buys and where it leaves cannot be revised: then it is another order.
  const same = saved && saved.customer === draft.customer?.id && saved.warehouse === draft.warehouse ? saved : undefined
  const request: Request = same
    ? {
        document: 'sales.order',
        verb: 'revise',
        subjects: [subjectOf(same)],
        input: { ...headInput(draft), lines: linesInput(draft) },
      }
    : {
        document: 'sales.order',
        verb: 'draft',
        subjects: [],
        input: {
          documents: [
            { customer: draft.customer?.id, warehouse: draft.warehouse, ...headInput(draft), lines: linesInput(draft) },
          ],
        },
      }
  // A request that was refused did nothing, so what is asked after a change is another intent with another key.
  const key = draft.keys.draft
  try {
    const [answered] = await perform(request, key)
    const id = same?.id ?? answered?.answer?.ids[0] ?? ''
    const one = await orderOf(id)
    const next: Saved = {
      id,
      number: one.number,
      version: one.version,
      text,
      customer: draft.customer?.id ?? '',
      warehouse: draft.warehouse,
    }
    store.set({ ...store.get(), saved: next, keys: { draft: newKey(), done: newKey() } })
    return next
  } catch (error) {
    if (asProblem(error).retry !== 'yes') store.set({ ...store.get(), keys: { draft: newKey(), done: newKey() } })
    throw error
  }
}

const request = (verb: Verb, saved: Saved): Request => ({
  document: 'sales.order',
  verb,
  subjects: [subjectOf(saved)],
  input: {},
})

/** The steps of taking an order. */
export function useTake(store: Store<Draft>) {
  const [stage, setStage] = useState<Stage>({ step: 'typing' })
  const look = async () => {
    setStage({ step: 'looking' })
    try {
      const saved = await save(store)
      const [tried] = await preview(request('confirm', saved))
      const one = await orderOf(saved.id)
      const state = tried?.answer?.states?.[saved.id] ?? 'confirmed'
      setStage({
        step: 'looked',
        looked: { number: saved.number, state, total: one.total, currency: one.currency },
        text: saved.text,
      })
    } catch (error) {
      setStage({ step: 'failed', problem: asProblem(error) })
    }
  }
  const take = async (verb: Verb) => {
    const looked = stage.step === 'looked' ? stage.looked : undefined
    if (looked) setStage({ step: 'doing', looked })
    else setStage({ step: 'looking' })
    try {
      const saved = await save(store)
      const [done] = await perform(request(verb, saved), store.get().keys.done)
      const one = await orderOf(saved.id)
      const state = done?.answer?.states?.[saved.id] ?? one.state
      touched('sales.order', [saved.id])
      // The desk is clear before it says so: what is typed from here on is the next order.
      forgetAnswers()
      store.set(startOver(store.get()))
      setStage({
        step: 'done',
        done: { id: saved.id, number: saved.number, state, total: one.total, currency: one.currency, verb },
      })
      return true
    } catch (error) {
      if (asProblem(error).retry !== 'yes') {
        const { keys } = store.get()
        store.set({ ...store.get(), keys: { ...keys, done: newKey() } })
      }
      setStage({ step: 'failed', problem: asProblem(error), verb })
      return false
    }
  }
  return { stage, look, take, back: () => setStage({ step: 'typing' }) }
}
