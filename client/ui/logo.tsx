// The mark: a thing standing still on its shelf while the paper travels above it.

type Props = { size?: number }

export function StillThing({ size = 28 }: Props) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path d="M3 27h26" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
      <rect x="10.5" y="15" width="11" height="12" fill="currentColor" />
      <path d="M3 8h18" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" strokeDasharray="2.6 3.6" />
      <path d="m22 3.5 6 4.5-6 4.5z" fill="currentColor" />
    </svg>
  )
}
