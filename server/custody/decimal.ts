// Decimal strings for quantities, weights and money, compared and added without rounding. Pure.

const scale = 6n
const one = 10n ** scale

/** At most 12 digits before and 6 behind the point, no sign, no exponent. */
export const decimalPattern = /^(0|[1-9]\d{0,11})(\.\d{1,6})?$/

function scaled(text: string): bigint {
  const [whole = '0', part = ''] = text.split('.')
  return BigInt(whole) * one + BigInt(part.padEnd(Number(scale), '0'))
}

function printed(value: bigint): string {
  const part = (value % one).toString().padStart(Number(scale), '0').replace(/0+$/, '')
  return part ? `${value / one}.${part}` : `${value / one}`
}

/** Sum of decimal strings. */
export const sum = (...values: string[]): string => printed(values.reduce((total, text) => total + scaled(text), 0n))

/** `minuend − subtrahend`; throws when the result would be negative. */
export function minus(minuend: string, subtrahend: string): string {
  const rest = scaled(minuend) - scaled(subtrahend)
  if (rest < 0n) throw new RangeError(`${minuend} − ${subtrahend} is negative`)
  return printed(rest)
}

/** How far two are apart. */
export const difference = (one: string, other: string): string =>
  compare(one, other) < 0 ? minus(other, one) : minus(one, other)

/** `price × count` where count is a whole number. */
export const times = (price: string, count: number): string => printed(scaled(price) * BigInt(count))

/** `amount × factor`, rounded down to six digits behind the point. */
export const product = (amount: string, factor: string): string => printed((scaled(amount) * scaled(factor)) / one)

/** `amount ÷ divisor`, rounded down to six digits behind the point. */
export const quotient = (amount: string, divisor: string): string => printed((scaled(amount) * one) / scaled(divisor))

/** Negative, zero or positive, as for sorting. */
export function compare(left: string, right: string): number {
  const difference = scaled(left) - scaled(right)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Whether `measured` is within `perMille` of `expected`. */
export function within(measured: string, expected: string, perMille: number): boolean {
  const difference = scaled(measured) - scaled(expected)
  return (difference < 0n ? -difference : difference) * 1000n <= scaled(expected) * BigInt(perMille)
}
