// A reference to a document that may be of any kind, or of one that the reader does not see: then it is told without a link.
import { useDescription } from '../client/descriptions.ts'
import { Ref } from './values.tsx'

type DocRefProps = { of: string | null; id: string | null; as?: 'name' | 'number' | 'both'; otherwise?: string | null }

/** The link; `otherwise` stands there when the reader may not see the document. */
export function DocRef({ of, id, as = 'number', otherwise = null }: DocRefProps) {
  const known = useDescription(of ?? '') !== undefined
  if (!of || !id || !known) return otherwise ? <span className="code">{otherwise}</span> : null
  return <Ref of={of} id={id} as={as} />
}
