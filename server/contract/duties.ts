// What hangs on one person, as their page shows it before they leave or move. Pure; shared with the browser.

export type Duties = {
  /** Things they hold, borrowed or carry; `codes` are those that the reader may read. */
  holds: { count: number; codes: string[] }
  /** Open dockets that they opened. */
  asked: { count: number; codes: string[] }
  /** Desks that they sit at, as in audience.ts; `waiting` open dockets wait for each. */
  desks: { desk: string; alone: boolean; waiting: number }[]
}
