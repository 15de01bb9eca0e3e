// What a step reads on each of several things: a line for every thing, whose values go before the common ones. Pure.

import { z } from 'zod'
import { type Act, type PerItem, refuseIf } from './define.ts'
import * as field from './fields.ts'
import type { Item } from './item.ts'
import { refuseSince } from './rules.ts'

type Shape = Record<string, z.ZodType>
type Line = { code: string } & Record<string, unknown>
type Asked = { lines?: Line[] } & Record<string, unknown>

/** Values that belong to one thing: nothing of the kind is true of two. */
const ofOneThing = ['seal', 'weight', 'mileage', 'quantity']

const optional = (shape: Shape): Shape =>
  Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.optional()]))
const only = (shape: Shape, names: readonly string[]): Shape =>
  Object.fromEntries(names.flatMap((name) => (shape[name] ? [[name, shape[name]]] : [])))

/**
 * A step over several things: its input, and how that reads for one of them. `one` is what is asked of one thing, `own`
 * names what each thing has for itself, those of `checked` among them; in a line they stand side by side.
 */
export function perItem<One extends z.ZodObject>(one: One, own: readonly string[]) {
  const shape = one.shape as Shape
  const checked = shape.checked instanceof z.ZodObject ? shape.checked : undefined
  const inner = checked ? (checked.shape as Shape) : {}
  const line = z.strictObject({ code: field.itemCode(), ...optional(only({ ...shape, ...inner }, own)) })
  const common = {
    ...shape,
    ...optional(only(shape, own)),
    ...(checked ? { checked: z.strictObject({ ...inner, ...optional(only(inner, own)) }) } : {}),
    lines: z.array(line).max(2000).optional(),
  }
  // Without lines the common values are all there is, so nothing may be left out of them.
  const input = z.strictObject(common).check(({ value, issues }) => {
    const { lines, ...rest } = value as Asked
    const found = lines ? [] : (one.safeParse(rest).error?.issues ?? [])
    issues.push(...found.map((issue) => ({ ...issue, input: rest }) as (typeof issues)[number]))
  })
  const each: PerItem<z.infer<One>> = {
    one: one as unknown as z.ZodType<z.infer<One>>,
    own,
    inputFor: (item, act) => inputFor(item, act as Act<Asked>, shape, inner, own) as z.infer<One>,
    requiresOnce: (act) => refuseStrange(act as Act<Asked>, inner, own),
  }
  return { input: input as unknown as z.ZodType<z.infer<One>>, perItem: each }
}

/** The input as it is for one item: its line laid over what is common. */
function inputFor(item: Item, act: Act<Asked>, shape: Shape, inner: Shape, own: readonly string[]): Asked {
  if (!act.input.lines) return act.input
  const { lines, ...common } = act.input
  const { code, ...said } = lineFor(item, act, lines) ?? { code: item.code }
  const read = Object.entries(said).filter(([, value]) => value !== undefined)
  const within = read.filter(([name]) => name in inner)
  const beside = read.filter(([name]) => !(name in inner))
  const checked = { ...(common.checked as object | undefined), ...Object.fromEntries(within) } as Record<
    string,
    unknown
  >
  const input: Asked = { ...common, ...('checked' in shape ? { checked } : {}), ...Object.fromEntries(beside) }
  const left = own.filter((name) => {
    const [asked, given] = name in inner ? [inner[name]!, checked[name]] : [shape[name]!, input[name]]
    return given === undefined && !asked.safeParse(undefined).success
  })
  refuseIf(left.length > 0, 'step.line-incomplete', { code, fields: left })
  return input
}

/** Refuses lines that are not of the command's things, and one value for several things that have each their own. */
function refuseStrange(act: Act<Asked>, inner: Shape, own: readonly string[]): void {
  const { lines = [], ...common } = act.input
  const strange = strangeLines(act, lines)
  refuseIf(strange.length > 0, 'step.line-of-another', { items: strange })
  const said = { ...common, ...(Object.keys(inner).length > 0 ? (common.checked as object | undefined) : {}) }
  const taking = (name: string) => act.items.filter((item) => lineFor(item, act, lines)?.[name] === undefined)
  for (const name of ofOneThing.filter((each) => own.includes(each))) {
    const { length } = (said as Asked)[name] === undefined ? [] : taking(name)
    refuseSince(act, 2, length > 1, 'step.value-for-several', { field: name, count: length })
  }
  if (!('quantityReceived' in common)) return
  const several = taking('quantityReceived')
  const differ = new Set(several.map(({ quantity }) => quantity)).size > 1
  refuseSince(act, 2, differ, 'step.value-for-several', { field: 'quantityReceived', count: several.length })
}

const indexes = new WeakMap<readonly unknown[], Map<string, unknown>>()

/** The line for an item among those of an input, by whichever of its labels it was named. */
export function lineFor<Each extends { code: string }>(
  item: Item,
  act: Act<unknown>,
  lines: readonly Each[],
): Each | undefined {
  const known = indexes.get(lines) ?? new Map(lines.map((line) => [act.item(line.code).code, line]))
  indexes.set(lines, known)
  return known.get(item.code) as Each | undefined
}

/** Codes of lines that name nothing of the command, or a thing that another line names already. */
export function strangeLines(act: Act<unknown>, lines: readonly { code: string }[]): string[] {
  const left = new Set(act.items.map(({ code }) => code))
  return lines.map(({ code }) => act.item(code).code).filter((code) => !left.delete(code))
}
