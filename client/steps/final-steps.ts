// Steps after which there is no way back: they are spelled out before they are sent.

const final = [
  'return.hand-over',
  'disposal.execute',
  'money.return',
  'money.to-treasury',
  'person.disable',
  'place.retire',
]

export const isFinal = (step: string): boolean => final.includes(step)
