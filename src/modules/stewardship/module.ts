// Keeping the masters clean across all that uses them: two records of one customer or supplier become one, and can be two again.
import { module } from '#kernel/module'
import { make } from './merge/make.ts'
import { merge } from './merge/merge.ts'
import { undo } from './merge/undo.ts'

export default module('stewardship', {
  needs: [
    ...['company', 'party', 'catalog', 'tax', 'pricing', 'credit'],
    ...['sales', 'warehouse', 'receivables', 'returns'],
  ],
  documents: [merge],
  commands: [make, undo],
})
