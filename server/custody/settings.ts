// Terms and thresholds: data that an agency edits with `agency.configure`, never code. Pure.

import { z } from 'zod'
import { itemClasses } from './classes.ts'
import { stages } from './item.ts'
import { chinaTime, isTimeZone } from './local-time.ts'
import { OwnRow } from './separation.ts'

/** Every field has a default that matches the national rules where there is one. */
export const Settings = z.strictObject({
  /** Regular expression of a case number. */
  caseNoPattern: z.string().max(200).default('^[A-Z]\\d{22}$'),
  /** Hours from extraction to hand-in (D01). */
  handInHours: z.number().int().min(1).max(720).default(24),
  /** Longest term of one retrieval, days. */
  retrievalLongestDays: z.number().int().min(1).max(366).default(15),
  /** An approval of a retrieval lapses after so many days (D17). */
  approvalLapsesAfterDays: z.number().int().min(1).max(60).default(3),
  /** Relative tolerance of a weight, per mille. */
  weightTolerancePerMille: z.number().int().min(0).max(100).default(10),
  /** Units that are counted in whole numbers, however they are written; everything else can be divided. */
  wholeUnits: z
    .array(z.string().trim().min(1).max(20))
    .max(200)
    .default([
      ...['辆', '支', '部', '枚', '发', '张', '台', '把', '件', '个', '只', '本', '份', '册', '副', '套', '条', '根'],
      ...['架', '艘', '幅', '头', '匹', '颗', '粒', '片', '株', '棵', '顶', '双'],
      ...['piece', 'pieces', 'pc', 'pcs'],
    ]),
  /** Classes every physical step of which takes a second keeper. */
  twoPersonClasses: z
    .array(z.enum(itemClasses))
    .default(['cash', 'drugs', 'firearms', 'valuables', 'relic', 'hazardous', 'virtual']),
  /** Stages of a transfer that a leader endorses after the legal reviewer. */
  stagesNeedingLeader: z.array(z.enum(stages)).default(['trial', 'appeal', 'execution', 'jurisdiction']),
  /** How often a case may go back for supplementary investigation (D12). */
  supplementaryTimes: z.number().int().min(0).max(9).default(2),
  /** Days an approved disposal may wait (D15). */
  disposalDays: z.number().int().min(1).max(90).default(7),
  /** Months from the notice to the owner until a thing counts as unclaimed (D08), and further months in administrative cases. */
  unclaimedMonths: z.number().int().min(1).max(60).default(6),
  unclaimedExtraMonths: z.number().int().min(0).max(60).default(3),
  /** Days of a registered preservation (D05), of a seizure in an administrative case (D06). */
  preserveDays: z.number().int().min(1).max(30).default(7),
  administrativeSeizureDays: z.number().int().min(1).max(60).default(30),
  /** Months of a freezing, of one of securities, of what is sealed in place (D07). */
  freezeMonths: z.number().int().min(1).max(12).default(6),
  securitiesMonths: z.number().int().min(1).max(24).default(24),
  sealMonths: z.number().int().min(1).max(24).default(24),
  /** Days after the extraction to which a head may put off the hand-in, and a leader. */
  deferDays: z.number().int().min(1).max(60).default(7),
  deferLeaderDays: z.number().int().min(1).max(180).default(30),
  /** Longest time a thing may be out in all, with every extension, days. */
  retrievalTotalDays: z.number().int().min(1).max(732).default(60),
  /** Whose date and clock stand on papers, by its name in the time zone database. */
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, { params: { reason: 'time-zone' } })
    .default(chinaTime),
  /** Roles that nobody holds together here, beside those of the table in separation.ts. */
  rolesApart: z.array(OwnRow).max(40).default([]),
})
export type Settings = z.infer<typeof Settings>

/** The settings in force for an agency: its own over the defaults. */
export function settingsOf({ settings }: { settings: Partial<Settings> } = noAgency): Settings {
  const known = inForce.get(settings) ?? Settings.parse(settings)
  inForce.set(settings, known)
  return known
}
const noAgency = { settings: {} }
const inForce = new WeakMap<object, Settings>()

/** Some settings, to be laid over those an agency has. Absent means unchanged, so no default is filled in. */
export const SettingsChange = z.strictObject(
  Object.fromEntries(Object.entries(Settings.shape).map(([name, type]) => [name, type.unwrap().optional()])),
) as unknown as z.ZodType<Partial<Settings>>

/**
 * Whether a case number can be told by this pattern in no time, whoever wrote it: it is a regular expression, nothing
 * in it repeats without end or as a group, and it leaves a choice at three points at most.
 */
export function isSafePattern(pattern: string): boolean {
  try {
    new RegExp(pattern)
  } catch {
    return false
  }
  const bare = pattern.replace(/\\./gu, 'x').replace(/\[[^\]]*\]/gu, 'x')
  const varying = bare.replace(/\(\?[:=!]/g, '(').match(/[?|]|\{\d+,\d+\}/g) ?? []
  return !/[*+]|\{\d+,\}|\)[?{]/.test(bare) && !/\\[1-9k]/.test(pattern) && varying.length <= 3
}
