// Numbers that carry a check digit of their own, so that made-up ones pass as real ones do.

/** 15 digits from a type allocation code of eight: six more from `line`, and the check digit (3GPP TS 23.003, Luhn). */
export function imeiFrom(allocation: string, line: number): string {
  const body = `${allocation}${String((line * 48_271 + 310_007) % 1_000_000).padStart(6, '0')}`
  const total = [...body].reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return sum + (value > 9 ? value - 9 : value)
  }, 0)
  return `${body}${(10 - (total % 10)) % 10}`
}

const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
const vinLetters = 'ABCDEFGH JKLMN P R  STUVWXYZ'

/** A vehicle identification number of 17 characters whose ninth, written `*`, becomes the check digit (GB 16735). */
export function vinFrom(text: string): string {
  const total = [...text].reduce((sum, character, index) => sum + vinValue(character) * vinWeights[index]!, 0)
  const check = total % 11
  return text.replace('*', check === 10 ? 'X' : String(check))
}

function vinValue(character: string): number {
  if (character === '*') return 0
  if (/\d/.test(character)) return Number(character)
  const place = vinLetters.indexOf(character)
  // A–H are 1–8, J–R 1–9, S–Z 2–9.
  return character >= 'S' ? place - vinLetters.indexOf('S') + 2 : (place % 9) + 1
}
