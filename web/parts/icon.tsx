// The app's own icons: one stroke weight, 16 units, the colour of the text around them.
const PATHS = {
  search: 'M7 12.5a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11zM11 11l3.5 3.5',
  plus: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.2 3.2L13 5',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  left: 'M10 4L6 8l4 4',
  up: 'M4 10l4-4 4 4',
  filter: 'M2 4h12M4.5 8h7M6.5 12h3',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  export: 'M8 2v8M5 7l3 3 3-3M3 13h10',
  import: 'M8 10V2M5 5l3-3 3 3M3 13h10',
  views: 'M2.5 4h11M2.5 8h7M2.5 12h4M12 9.5l2 4h-4z',
  group: 'M2.5 3.5h11M5 7h8.5M5 10h8.5M2.5 13.5h11',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  link: 'M6.5 9.5l3-3M7 4.5l1.3-1.3a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5l-1.3 1.3a2.8 2.8 0 0 1-4-4L5 7.5',
  bell: 'M4 11V7a4 4 0 1 1 8 0v4l1.2 1.2H2.8zM6.7 14h2.6',
  help: 'M8 14.2A6.2 6.2 0 1 1 8 1.8a6.2 6.2 0 0 1 0 12.4zM6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2M8 11.3h.01',
  home: 'M2.5 7.5L8 2.8l5.5 4.7V13h-4V9.5h-3V13h-4z',
  sales: 'M2 3h2l1.4 7.2h6.8L13.5 5H4.6M6 13.3h.01M11.5 13.3h.01',
  warehouse: 'M2 13.5V6l6-3.5L14 6v7.5M4.8 13.5V8h6.4v5.5M4.8 10.7h6.4',
  stock: 'M8 1.8l5.5 3v6.4L8 14.2l-5.5-3V4.8zM2.5 4.8L8 7.9l5.5-3.1M8 7.9v6.3',
  finance: 'M2.5 13.5h11M4 13V8M8 13V3.5M12 13V6',
  rollout: 'M8 1.8v4.4M8 6.2H3v4M8 6.2h5v4M8 6.2v4M1.6 10.2h2.8v3.3H1.6zM6.6 10.2h2.8v3.3H6.6zM11.6 10.2h2.8v3.3h-2.8z',
  masters: 'M3 2.5h7.5L13 5v8.5H3zM5.5 7h5M5.5 10h5',
  'set-up':
    'M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6L5 5M11 11l1.4 1.4M12.4 3.6L11 5M5 11l-1.4 1.4',
  warning: 'M8 2.2l6.3 11.3H1.7zM8 6.5v3.2M8 11.6h.01',
  stop: 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4zM8 4.8v4M8 11h.01',
  clock: 'M8 14.2A6.2 6.2 0 1 1 8 1.8a6.2 6.2 0 0 1 0 12.4zM8 4.5V8l2.3 1.6',
  offline:
    'M2 2l12 12M4.2 8.4A5.4 5.4 0 0 1 8 7c.7 0 1.3.1 1.9.3M2 6a8.6 8.6 0 0 1 3-1.8M14 6a8.6 8.6 0 0 0-6.3-2.3M6.3 10.7a2.5 2.5 0 0 1 3.3-.1M8 13h.01',
  sidebar: 'M2.5 3h11v10h-11zM6.2 3v10',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 13.8c.5-2.6 2.6-4 5.2-4s4.7 1.4 5.2 4',
} as const

export type IconName = keyof typeof PATHS

/** An icon beside a text says nothing to a screen reader; one that stands alone needs a label on its button. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
