// The benches, in the order in which they run: the floor first, so that the others can say their ratio to it.
import { client } from './client/client.ts'
import { floor } from './floor/floor.ts'
import type { Bench } from './lib/bench.ts'
import { cycle } from './product/cycle.ts'
import { reading } from './product/reading.ts'

export const benches: readonly Bench[] = [floor, client, cycle, reading]
