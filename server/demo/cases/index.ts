// The twelve cases of the demonstration. Their order gives them their numbers.

import type { StoryTeller } from '../story.ts'
import { assault } from './assault.ts'
import { burglary } from './burglary.ts'
import { coins } from './coins.ts'
import { drugs } from './drugs.ts'
import { eBikes } from './e-bikes.ts'
import { food } from './food.ts'
import { fundraising } from './fundraising.ts'
import { gambling } from './gambling.ts'
import { guns } from './guns.ts'
import { liquor } from './liquor.ts'
import { telecom } from './telecom.ts'
import { tomb } from './tomb.ts'

export const storytellers: StoryTeller[] = [
  eBikes,
  drugs,
  burglary,
  guns,
  assault,
  telecom,
  fundraising,
  liquor,
  food,
  coins,
  tomb,
  gambling,
]
