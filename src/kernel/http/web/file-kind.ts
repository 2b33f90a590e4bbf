// What a file is, told by its bytes: a short list of kinds that people exchange, and nothing that a browser could run.

export type FileKind = {
  readonly extensions: readonly string[]
  readonly mediaType: string
  /** Whether the bytes are of this kind. */
  holds(bytes: Buffer): boolean
}

const begins =
  (...parts: readonly (readonly [at: number, text: string])[]) =>
  (bytes: Buffer): boolean =>
    parts.every(([at, text]) => bytes.subarray(at, at + text.length).toString('latin1') === text)

/** A ZIP archive: a local header, or the end of the directory of an empty one (PKWARE APPNOTE, 4.3). */
const isZip = (bytes: Buffer): boolean => begins([0, 'PK\u0003\u0004'])(bytes) || begins([0, 'PK\u0005\u0006'])(bytes)

/** An Office document is an archive with a list of its parts and a main part (ECMA-376, part 2). */
const office = (main: string) => (bytes: Buffer) =>
  isZip(bytes) && bytes.includes('[Content_Types].xml') && bytes.includes(main)

/** The control characters that no text has; a tab, a new line and a new page it may have. */
const isControl = (byte: number): boolean => (byte < 32 && ![9, 10, 12, 13].includes(byte)) || byte === 127

/** Text in any encoding that keeps ASCII as it is: UTF-8, or one of the old ones that spreadsheets still write. */
const isText = (bytes: Buffer): boolean => !bytes.some(isControl)

const OFFICE = 'application/vnd.openxmlformats-officedocument'

/** Every kind that may be attached, by what its bytes begin with. */
export const FILE_KINDS: readonly FileKind[] = [
  { extensions: ['pdf'], mediaType: 'application/pdf', holds: begins([0, '%PDF-']) },
  { extensions: ['png'], mediaType: 'image/png', holds: begins([0, '\u0089PNG\r\n\u001a\n']) },
  { extensions: ['jpg', 'jpeg'], mediaType: 'image/jpeg', holds: begins([0, '\u00ff\u00d8\u00ff']) },
  {
    extensions: ['gif'],
    mediaType: 'image/gif',
    holds: (bytes) => begins([0, 'GIF87a'])(bytes) || begins([0, 'GIF89a'])(bytes),
  },
  { extensions: ['webp'], mediaType: 'image/webp', holds: begins([0, 'RIFF'], [8, 'WEBP']) },
  { extensions: ['xlsx'], mediaType: `${OFFICE}.spreadsheetml.sheet`, holds: office('xl/') },
  { extensions: ['docx'], mediaType: `${OFFICE}.wordprocessingml.document`, holds: office('word/') },
  { extensions: ['zip'], mediaType: 'application/zip', holds: isZip },
  { extensions: ['csv'], mediaType: 'text/csv', holds: isText },
  { extensions: ['txt'], mediaType: 'text/plain', holds: isText },
]

/** The kind that a name says by its ending; undefined for one that may not be attached. */
export function kindNamed(name: string): FileKind | undefined {
  const dot = name.lastIndexOf('.')
  const extension = dot < 0 ? '' : name.slice(dot + 1).toLowerCase()
  return FILE_KINDS.find((kind) => kind.extensions.includes(extension))
}

/** The endings that may be attached, as people read them. */
export const ENDINGS = FILE_KINDS.flatMap((kind) => kind.extensions).join(', ')
