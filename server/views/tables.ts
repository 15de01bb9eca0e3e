// All view tables, for the data source.

import type { EntitySchema } from 'typeorm'
import { CaseTable } from './cases.ts'
import { CodeTable } from './codes.ts'
import { DocketTable } from './dockets.ts'
import { ItemTable } from './items.ts'
import { MoneyTable } from './money.ts'
import { MovementTable } from './movements.ts'
import { PersonTable, UnitTable } from './people.ts'
import { PlaceTable } from './places.ts'
import { WordsTable } from './words.ts'

export const tables = [
  ItemTable,
  CodeTable,
  CaseTable,
  PlaceTable,
  PersonTable,
  UnitTable,
  DocketTable,
  MovementTable,
  WordsTable,
  MoneyTable,
] as EntitySchema[]
