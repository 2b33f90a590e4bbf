// What the screen that is open offers to the palette: the verbs of its document, what a hand-made screen can do.
import { useEffect, useRef } from 'react'
import { store } from '../client/store.ts'

export type ScreenCommand = { text: string; beside: string; run(): void }

export const screenCommands = store<readonly ScreenCommand[]>([])

/** Offers commands to the palette while the component is there. */
export function useCommands(commands: readonly ScreenCommand[]): void {
  const latest = useRef(commands)
  latest.current = commands
  const names = commands.map((one) => one.text).join('\n')
  useEffect(() => {
    const own =
      names === ''
        ? []
        : names.split('\n').map((text, at) => ({
            text,
            beside: latest.current[at]?.beside ?? '',
            run: () => latest.current[at]?.run(),
          }))
    screenCommands.set([...screenCommands.get(), ...own])
    return () => screenCommands.set(screenCommands.get().filter((one) => !own.includes(one)))
  }, [names])
}
