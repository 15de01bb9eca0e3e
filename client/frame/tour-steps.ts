// The tours: for each of the three users, real screens in the order of a day. Texts are `tour:<tour>.<step>.title` and `.text`.

import type { Role } from '../../server/custody/subjects.ts'

export type TourStep = {
  name: string
  /** Where it plays. */
  path: string
  /** The first of these links that is on the page before leads there; without one it plays on that page. */
  link?: string
  /** What it speaks of, marked and scrolled to. */
  marks: string
  /** Only for those whose navigation has the page. */
  roles?: Role[]
}
export type TourName = 'keeper' | 'officer' | 'supervisor'

const anItem = '.items-table .items-name, .items-list .items-name'

const tours: Record<TourName, TourStep[]> = {
  keeper: [
    { name: 'today', path: '/scan', marks: '.today' },
    { name: 'scan', path: '/scan', marks: '.station-entry' },
    { name: 'receive', path: '/scan', marks: '.today-group' },
    { name: 'verdict', path: '/scan', marks: '.station-side' },
    { name: 'store', path: '/store', marks: '.store-page' },
    { name: 'labels', path: '/items?custody=stored', marks: '.items-table, .items-list' },
    { name: 'item', path: '/items', link: anItem, marks: '[aria-labelledby="item-steps"]' },
    { name: 'desk', path: '/desk', marks: '[aria-labelledby="waiting-title"]' },
  ],
  officer: [
    { name: 'desk', path: '/desk', marks: '[aria-labelledby="waiting-title"]' },
    { name: 'holding', path: '/desk', marks: '[aria-labelledby="holding-title"]' },
    { name: 'register', path: '/register', marks: '.register .panel' },
    { name: 'items', path: '/items', marks: '.items-filters' },
    { name: 'steps', path: '/items', link: anItem, marks: '[aria-labelledby="item-steps"]' },
    { name: 'triple', path: '/items', link: anItem, marks: '.triple' },
    { name: 'mine', path: '/desk', marks: '[aria-labelledby="mine-title"]' },
  ],
  supervisor: [
    { name: 'counts', path: '/desk', marks: '.counts' },
    { name: 'waiting', path: '/desk', marks: '[aria-labelledby="waiting-title"]' },
    { name: 'live', path: '/live', marks: '.live-board' },
    { name: 'overdue', path: '/items?overdue=true', marks: '.items-filters' },
    { name: 'chain', path: '/items', link: anItem, marks: '.chain' },
    { name: 'store', path: '/store', marks: '.store-page' },
    { name: 'log', path: '/log', marks: '[aria-labelledby="log-state"]', roles: ['inspector', 'leader', 'principal'] },
  ],
}

const supervising: string[] = [
  'head',
  'storehead',
  'legal',
  'leader',
  'principal',
  'finance',
  'inspector',
  'casemanager',
] satisfies Role[]

/** The tour of somebody with these roles; none for administrators, who deal with no things. */
export function tourFor(roles: readonly string[]): { name: TourName; steps: TourStep[] } | undefined {
  const name = roles.includes('keeper')
    ? 'keeper'
    : roles.includes('officer')
      ? 'officer'
      : roles.some((role) => supervising.includes(role))
        ? 'supervisor'
        : undefined
  if (!name) return undefined
  const steps = tours[name].filter((step) => !step.roles || step.roles.some((role) => roles.includes(role)))
  return { name, steps }
}

/** Whether a page is where a step plays: at its address, or at one that its link leads to. */
export function playsAt(step: TourStep, pathname: string): boolean {
  const [path] = step.path.split('?')
  return step.link ? pathname.startsWith(`${path}/`) : pathname === path
}
