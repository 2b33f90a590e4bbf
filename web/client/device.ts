// What the app keeps on the device beyond a reload, in stores of rows; everything that was written is on the disk.

export type Device<K extends string> = {
  all<T>(store: K, within?: IDBKeyRange): Promise<T[]>
  one<T>(store: K, key: IDBValidKey): Promise<T | undefined>
  write(store: K, value: unknown, key?: IDBValidKey): Promise<IDBValidKey>
  erase(store: K, key: IDBValidKey | IDBKeyRange): Promise<undefined>
}

/** The stores of a name, each with how its rows are keyed. They are made when they are first asked for. */
export function onDevice<K extends string>(
  name: string,
  stores: Readonly<Record<K, IDBObjectStoreParameters>>,
): Device<K> {
  let opened: Promise<IDBDatabase> | undefined
  const open = (): Promise<IDBDatabase> => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1)
      request.onupgradeneeded = () => {
        for (const [store, keyed] of Object.entries<IDBObjectStoreParameters>(stores))
          request.result.createObjectStore(store, keyed)
      }
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    return opened
  }
  async function within<T>(store: K, mode: IDBTransactionMode, work: (rows: IDBObjectStore) => IDBRequest<T>) {
    const database = await open()
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: 'strict' })
      const request = work(transaction.objectStore(store))
      // Resolved when it is on the disk, not when it was asked for: what was scanned must outlive a flat battery.
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = () => reject(transaction.error)
      transaction.onabort = () => reject(transaction.error)
    })
  }
  return {
    all: <T>(store: K, range?: IDBKeyRange) =>
      within(store, 'readonly', (rows) => rows.getAll(range) as IDBRequest<T[]>),
    one: <T>(store: K, key: IDBValidKey) =>
      within(store, 'readonly', (rows) => rows.get(key) as IDBRequest<T | undefined>),
    write: (store, value, key) =>
      within(store, 'readwrite', (rows) => (key === undefined ? rows.put(value) : rows.put(value, key))),
    erase: (store, key) => within(store, 'readwrite', (rows) => rows.delete(key)),
  }
}
