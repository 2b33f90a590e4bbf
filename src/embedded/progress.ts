// What long operations tell their caller while they run.

/** One piece of news. `done` and `total` are bytes, present when the step can be measured. */
export type Progress = {
  step: 'binaries' | 'initialise' | 'start' | 'recover' | 'checkpoint' | 'copy' | 'finish' | 'wal' | 'verify'
  text: string
  done?: number
  total?: number
}

/** The listener for callers that did not give one. */
export function ignoreProgress(_progress: Progress): void {}
