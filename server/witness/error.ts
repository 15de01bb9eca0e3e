/** Something that a witness's operator can put right; the message is the whole sentence to show. */
export class WitnessError extends Error {
  override name = 'WitnessError'
}
