// Sends a file as it is and tells how far it is on its way, which fetch cannot say.
import { addressOf } from './http.ts'
import { asProblem, problemFrom, unreachable } from './problem.ts'
import { renewed } from './session.ts'

type Upload = {
  query: Readonly<Record<string, string>>
  /** Made once for a file and sent with every try. */
  key: string
  /** Hears the share that was sent, from 0 to 1. */
  onProgress: (share: number) => void
}

const once = (address: string, file: File, { key, onProgress }: Upload): Promise<void> =>
  new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open('POST', address)
    sending.setRequestHeader('content-type', 'application/octet-stream')
    sending.setRequestHeader('idempotency-key', key)
    sending.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    sending.onerror = () => reject(unreachable())
    sending.onload = () => {
      if (sending.status < 300) return resolve()
      const told = sending.getResponseHeader('content-type')?.includes('json') ? JSON.parse(sending.responseText) : ''
      reject(problemFrom(sending.status, told))
    }
    sending.send(file)
  })

/** Sends the file; when the session has ended, waits until somebody has signed in again and sends it once more. */
export async function upload(path: string, file: File, given: Upload): Promise<void> {
  const address = addressOf(path, { query: given.query })
  try {
    await once(address, file, given)
  } catch (error) {
    if (asProblem(error).code !== 'NOT_SIGNED_IN') throw error
    await renewed()
    await once(address, file, given)
  }
}
