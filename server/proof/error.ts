// What a check throws: one sentence for a reader and one word for a program.

/** `code` is a short word such as `wrong-root`; `position` is the entry's that is at fault, where one is. */
export class ProofError extends Error {
  override name = 'ProofError'
  constructor(
    readonly code: string,
    message: string,
    readonly position?: bigint,
  ) {
    super(message)
  }
}

/** Throws the ProofError that `code` and `message` make, unless `holds`. */
export function failUnless(holds: boolean, code: string, message: string, position?: bigint): asserts holds {
  if (!holds) throw new ProofError(code, message, position)
}
