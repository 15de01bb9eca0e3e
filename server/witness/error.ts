/** Something that a witness's operator can put right; the message is the whole sentence to show. */
export class WitnessError extends Error {
  override name = 'WitnessError'
}

/** Another witness works with the state file. */
export class StateInUse extends WitnessError {
  override name = 'StateInUse'
}
