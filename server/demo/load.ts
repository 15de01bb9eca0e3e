// Fills an empty installation with demonstration data, all of it by steps; what was interrupted goes on at the next start.

import { setTimeout as wait } from 'node:timers/promises'
import { recall, remember } from '../installation.ts'
import type { Parts } from '../perform.ts'
import { storytellers } from './cases/index.ts'
import { tell } from './histories.ts'
import { addAgencies, addPeople, givePasswords } from './people.ts'
import { addPictures } from './pictures.ts'
import { addPlaces, addSites } from './store.ts'
import { type Founding, takingIn } from './taking.ts'
import { timesBefore } from './times.ts'

/** One server loads, others that start at the same time wait for it. */
const loading = 7_305_006
const askAgainMs = 250

export type LoadOptions = {
  /** Hears how many steps have been taken so far. */
  onTaken?: (taken: number) => void
  /** Hears a sentence for the operator. */
  say?: (sentence: string) => void
}

/**
 * Loads the demonstration data unless that was done. Commands have ids of their own, and all times are counted from
 * the first start, so that loading again after a crash takes the steps that are missing and no step twice.
 */
export async function loadDemo(
  { dataDir, ...parts }: Parts & { dataDir: string },
  { onTaken = () => {}, say = () => {} }: LoadOptions = {},
): Promise<void> {
  const lock = await parts.pool.connect()
  try {
    // Asked for again and again, because the server's limit for waiting is shorter than a slow machine needs.
    while (!(await lock.query('SELECT pg_try_advisory_lock($1) AS held', [loading])).rows[0].held)
      await wait(askAgainMs)
    if ((await recall(parts.pool, 'demo-loaded')) !== undefined) return
    const began = Date.now()
    say('Loading the demonstration data, which takes some seconds once …')
    let steps = 0
    await load(parts, dataDir, (taken) => {
      steps = taken
      onTaken(taken)
    })
    await remember(parts.pool, 'demo-loaded', new Date().toISOString())
    say(`Demonstration data: ${steps} steps in ${((Date.now() - began) / 1000).toFixed(1)} s.`)
  } finally {
    await lock.query('SELECT pg_advisory_unlock_all()')
    lock.release()
  }
}

async function load(parts: Parts, dataDir: string, onTaken: (taken: number) => void): Promise<void> {
  const times = timesBefore(await remember(parts.pool, 'demo-began', new Date().toISOString()))
  const stories = storytellers.map((tellerOf) => tellerOf(times))
  const founding: Founding = { parts, times, places: new Map(), take: takingIn(parts, onTaken) }
  // Drawn and hashed while other steps are taken. It is heard of when it is waited for, and over when this is over.
  const aside: Promise<unknown>[] = []
  const meanwhile = <Value>(work: Promise<Value>): Promise<Value> => {
    work.catch(() => {})
    aside.push(work)
    return work
  }
  try {
    const drawing = meanwhile(addPictures(parts, dataDir, stories))
    await addAgencies(founding)
    await addSites(founding)
    await addPeople(founding)
    const passwords = meanwhile(givePasswords(founding))
    await addPlaces(founding)
    await tell({ ...founding, pictures: await drawing }, stories)
    await passwords
  } finally {
    await Promise.allSettled(aside)
  }
}
