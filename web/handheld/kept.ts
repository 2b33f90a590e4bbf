// What the device keeps beyond a reload: the lists as they were last fetched, and everything that has yet to be sent.
import { onDevice } from '../client/device.ts'

export type Kept = 'queue' | 'lists'

const device = onDevice<Kept>('tradewright-handheld', { queue: { keyPath: 'key' }, lists: {} })

export const readAll = <T>(kept: Kept): Promise<T[]> => device.all<T>(kept)
export const readOne = <T>(kept: Kept, key: string): Promise<T | undefined> => device.one<T>(kept, key)
export const write = (kept: Kept, value: unknown, key?: string): Promise<IDBValidKey> => device.write(kept, value, key)
export const erase = (kept: Kept, key: string): Promise<undefined> => device.erase(kept, key)
