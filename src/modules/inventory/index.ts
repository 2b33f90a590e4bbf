// Inventory's door.
export { layLocations } from './location/lay.ts'
export { findLots, NO_LOT, placeLots, type WantedLot } from './lots.ts'
export { type Move, move } from './move.ts'
export { type Repromise, repromise } from './repromise.ts'
export { type Demand, type Reserved, reserve, unreserve } from './reserve.ts'
