// The records behind a value, by their numbers: a deviation is a link to its page, a difference is called as drift calls it, a seat
// or a question is said in words.
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { documentPath } from '../../client/descriptions.ts'
import { choiceWord, useLanguage } from '../../i18n/index.ts'
import { keptDifference, useWords, type Words } from '../rollout/words.ts'
import styles from './governance.module.css'

const DEVIATION = /(DEV-\d{4}-\d{5,})/

/** Names of seats, questions and functions have words; numbers of documents are what they are. */
const shown = (record: string): string => (/^[a-z][a-z-]+$/.test(record) ? choiceWord(record) : record)

function One({ record, words }: { record: string; words: Words }) {
  const said = keptDifference(record, words) ?? shown(record)
  const parts = said.split(DEVIATION)
  if (parts.length === 1) return said
  return parts.map((part) =>
    DEVIATION.test(part) ? (
      <Link key={part} to={documentPath('rollout.deviation', part)} className={styles.link}>
        {part}
      </Link>
    ) : (
      part
    ),
  )
}

/** The records one after the other; nothing where there are none. */
export function EvidenceRecords({ records }: { records: readonly string[] }) {
  useLanguage()
  const words = useWords()
  if (records.length === 0) return null
  return (
    <p>
      {records.map((record, at) => (
        <Fragment key={record}>
          {at > 0 ? ', ' : ''}
          <One record={record} words={words} />
        </Fragment>
      ))}
    </p>
  )
}
