// Turns a request into an actor: sign-in, sessions, passwords, countersignatures. This file: why somebody is not let in.

/** The sentence for `code` is in the locales; `params` fill it. */
export class Denied extends Error {
  override name = 'Denied'
  constructor(
    readonly code: string,
    readonly params: Record<string, unknown> = {},
  ) {
    super(code)
  }
}
