// Every no of `tradewright template`.
import { refusals } from '#kernel/refusal'

export const refuseTemplate = refusals({
  NO_TEMPLATE: {
    text: '{name} is neither a folder with a template.yaml nor the number of a release. There are: {known}. Name one of them.',
    kind: 'unknown',
  },
  FILES_DIFFER: {
    text: '{folder} holds other files than release {number} in {count} places, such as {file}. Name an empty folder, or say --overwrite.',
    kind: 'conflict',
  },
  NO_SITES: {
    text: 'There is no company yet in whose name to ask. Create a site first with `tradewright site create`.',
    kind: 'unknown',
  },
})
