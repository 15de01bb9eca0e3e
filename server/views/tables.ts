// All view tables, for the data source.

import type { EntitySchema } from 'typeorm'
import { CaseTable } from './cases.ts'
import { CodeTable } from './codes.ts'
import { DocketTable } from './dockets.ts'
import { ItemSearchTable, ItemTable } from './items.ts'
import { MovementTable } from './movements.ts'
import { PersonTable, UnitTable } from './people.ts'
import { PlaceTable } from './places.ts'

export const tables = [
  ItemTable,
  ItemSearchTable,
  CodeTable,
  CaseTable,
  PlaceTable,
  PersonTable,
  UnitTable,
  DocketTable,
  MovementTable,
] as EntitySchema[]
