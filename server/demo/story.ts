// A story: one case of the demonstration with what was seized in it and what has happened to that since.

import type { Card } from '../contract/cards.ts'
import type { Pictures } from './pictures.ts'
import { type Thing, thingsIn } from './things.ts'
import type { Times } from './times.ts'

export type Story = {
  /** Names its commands, so it stays as it is. */
  key: string
  title: string
  kind: 'criminal' | 'administrative'
  unit: string
  /** The first opens the case. */
  officers: string[]
  acceptedAt: string
  seizures: Seizure[]
  acts: Act[]
}

/** What was taken at one time and place, on one list; its lines are numbered from 1. */
export type Seizure = {
  by: string
  at: string
  /** An hour later when absent. */
  registeredAt?: string
  /** When what has a place in the table was handed in; absent while nothing was. */
  handedInAt?: string
  /** `keeper` when absent. */
  keeper?: string
  list?: string
  measure?: string
  from: string
  source: string
  /** Absent where nobody attested. */
  witness?: string
  /** A table as `thingsIn` reads it. */
  things: string
}

/** What an act's input can be made of. */
export type Scene = {
  caseNo: string
  things: Card[]
  /** The code of a place. */
  place: (name: string) => string
  /** Where a thing was put away at first. */
  placeOf: (thing: Card) => string
  pictures: Pictures
}

/** One step after the seizures. Without `groups` it is about the case. */
export type Act = {
  at: string
  by: string
  step: string
  groups?: string[]
  input: (scene: Scene) => object
  signers?: string[]
  /** A command for each thing. */
  each?: boolean
}

/** Made from the times it is told at. */
export type StoryTeller = (times: Times) => Story

/** The things of every list of a story, with the numbers of their seals. */
export const thingsOf = (story: Story, index: number): { seizure: Seizure; list: number; things: Thing[] }[] =>
  story.seizures.map((seizure, list) => {
    const seals = (line: number) => `JC${two(index + 1)}${two(list + 1)}-${two(line)}`
    return { seizure, list: list + 1, things: thingsIn(seizure.things, seals) }
  })

/** Where pictures keep those of a thing. */
export const keyOf = (story: Story, list: number, { pictured }: Pick<Thing, 'pictured'>): string =>
  `${story.key} ${list}.${pictured}`

const two = (number: number) => String(number).padStart(2, '0')
