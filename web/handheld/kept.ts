// What the device keeps beyond a reload: the lists as they were last fetched, and everything that has yet to be sent.
const NAME = 'tradewright-handheld'

export type Kept = 'queue' | 'lists'

let opened: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('queue', { keyPath: 'key' })
      request.result.createObjectStore('lists')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opened
}

async function within<T>(
  kept: Kept,
  mode: IDBTransactionMode,
  work: (rows: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  return await new Promise((resolve, reject) => {
    const transaction = database.transaction(kept, mode, { durability: 'strict' })
    const request = work(transaction.objectStore(kept))
    // Resolved when it is on the disk, not when it was asked for: what was scanned must outlive a flat battery.
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = () => reject(transaction.error)
    transaction.onabort = () => reject(transaction.error)
  })
}

export const readAll = <T>(kept: Kept): Promise<T[]> =>
  within(kept, 'readonly', (rows) => rows.getAll() as IDBRequest<T[]>)
export const readOne = <T>(kept: Kept, key: string): Promise<T | undefined> =>
  within(kept, 'readonly', (rows) => rows.get(key) as IDBRequest<T | undefined>)
export const write = (kept: Kept, value: unknown, key?: string): Promise<IDBValidKey> =>
  within(kept, 'readwrite', (rows) => (key === undefined ? rows.put(value) : rows.put(value, key)))
export const erase = (kept: Kept, key: string): Promise<undefined> =>
  within(kept, 'readwrite', (rows) => rows.delete(key) as IDBRequest<undefined>)
