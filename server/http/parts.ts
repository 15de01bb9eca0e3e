// The face towards browsers: one route for all steps, one file per thing that is read. This file: what routes work with.

import type pg from 'pg'
import type { Logger } from 'pino'
import type { DataSource } from 'typeorm'
import type { Words } from '../contract/words.ts'
import type { Catalogue } from '../custody/catalogue.ts'
import type { Refusal } from '../custody/define.ts'
import type { Directory } from '../people/directory.ts'
import type { Sessions } from '../people/sessions.ts'
import type { Metrics } from './metrics.ts'

export type Language = 'zh-CN' | 'en'
export const languages: readonly Language[] = ['zh-CN', 'en']

/** The sentence for a code in the reader's language; the code itself when there is none. */
export type Sentence = (code: string, params: Record<string, unknown>, language: Language) => string
/** A word for a value, by its group: `role`, `class`, `procedure`; the value itself when there is none. */
export type Word = (group: string, value: string, language: Language) => string
/** All words of a language, as the screens have them. */
export type Spoken = { sentence: Sentence; words: (language: Language) => Words }
/** A text by its key, such as `receipt:row.place`, with plain values put in; the key itself when there is none. */
export type Text = (key: string, language: Language, params?: Record<string, unknown>) => string

/** `keyId` in hex; a name of a key and its id tell its cosignatures. */
export type Witness = { name: string; keyName: string; keyId: string }

export type HttpParts = {
  pool: pg.Pool
  dataSource: DataSource
  /** For short reads by key. */
  reads: Pick<pg.Pool, 'query'>
  catalogue: Catalogue
  /** Name of the ledger. */
  origin: string
  /** Origin under which browsers reach this server, such as `https://custody.example`. */
  publicUrl: string
  dataDir: string
  /** Shared by all servers of the installation. */
  secret: string
  /** Checkpoints, tiles and entries are read without signing in. */
  logPublic: boolean
  /** Who must have cosigned a checkpoint (C2SP tlog-policy). */
  policy: () => Promise<string>
  /** The witnesses of that policy by its own names, and whether some of them suffice. */
  witnesses: readonly Witness[]
  meetsQuorum: (names: readonly string[]) => boolean
  /** They run in this process, as in the demonstration. */
  ownWitnesses: boolean
  /** Makes the addresses of receipts unguessable; the same on all servers. */
  receiptSecret: string
  /** Folder with the built screens. */
  screens: string
  language: Language
  sentence: Sentence
  words: Spoken['words']
  word: Word
  text: Text
  /** Of the installation: that of every agency which has set none. */
  timeZone: string
  sessions: Sessions
  directory: Directory
  metrics: Metrics
  log: Logger
  /** Why nothing may be recorded; nothing as long as all is well. */
  halted: () => Refusal | undefined
  /** Demonstration data are loaded. */
  demo: boolean
  /** Entries the live feed of this process has still to push. */
  feedLag: () => Promise<number>
  /** Ends the sockets of a session at once. */
  endSockets: (of: { sid?: string; personId?: string; except?: string }) => void
}
