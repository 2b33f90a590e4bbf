// The mark: a dovetail, the joint that holds without glue because both halves were cut for each other.
/** Drawn in the text's colour; the name stands beside it unless `alone`. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--brand-fill)" />
      <path d="M6.5 7h19v18h-19z" fill="#f7f6f2" />
      <path
        d="M6.5 14.5h6.2l-1.7 10.5h10l-1.7-10.5h6.2"
        fill="none"
        stroke="var(--brand-fill)"
        strokeWidth="2.2"
        strokeLinejoin="round"
      />
    </svg>
  )
}
