// Which rows of the list are open to be written, and which are chosen to be given something at once.

import { useCallback, useState } from 'react'

export type RowsState = {
  isOpen: (index: number) => boolean
  isChosen: (index: number) => boolean
  chosen: number[]
  toggle: (index: number) => void
  choose: (index: number) => void
  /** Opens these and closes the others. */
  show: (indexes: number[]) => void
  chooseAll: (count: number) => void
  /** The rows behind it have moved up. */
  removed: (index: number) => void
}

type Rows = ReadonlySet<number>

const turned = (rows: Rows, index: number): Rows =>
  rows.has(index) ? new Set([...rows].filter((each) => each !== index)) : new Set([...rows, index])

const without = (rows: Rows, index: number): Rows =>
  new Set([...rows].flatMap((each) => (each === index ? [] : each > index ? each - 1 : each)))

export function useRowsState(first: number[]): RowsState {
  const [open, setOpen] = useState<Rows>(() => new Set(first))
  const [chosen, setChosen] = useState<Rows>(new Set())
  return {
    isOpen: (index) => open.has(index),
    isChosen: (index) => chosen.has(index),
    chosen: [...chosen].sort((one, other) => one - other),
    toggle: useCallback((index) => setOpen((before) => turned(before, index)), []),
    choose: useCallback((index) => setChosen((before) => turned(before, index)), []),
    show: useCallback((indexes) => setOpen(new Set(indexes)), []),
    chooseAll: useCallback(
      (count) =>
        setChosen((before) =>
          before.size === count ? new Set() : new Set(Array.from({ length: count }, (_, n) => n)),
        ),
      [],
    ),
    removed: useCallback((index) => {
      setOpen((before) => without(before, index))
      setChosen((before) => without(before, index))
    }, []),
  }
}
