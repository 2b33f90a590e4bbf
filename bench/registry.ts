// The benches, in the order in which they run: the floor first, so that the others can say their ratio to it.
import { client } from './client/client.ts'
import { floor } from './floor/floor.ts'
import type { Bench } from './lib/bench.ts'
import { crowd } from './product/crowd.ts'
import { cycle } from './product/cycle.ts'
import { growth } from './product/growth.ts'
import { reading } from './product/reading.ts'
import { rollout } from './rollout/rollout.ts'

export const benches: readonly Bench[] = [floor, client, cycle, crowd, reading, rollout, growth]
