// Inventory's door.
export { NO_LOT, placeLots, type WantedLot } from './lots.ts'
export { type Move, move } from './move.ts'
export { type Demand, type Reserved, reserve, unreserve } from './reserve.ts'
