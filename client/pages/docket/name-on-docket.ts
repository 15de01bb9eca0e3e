// The name of somebody of another agency, whom the reader knows only by what they signed on a docket.

import type { DocketCard } from '../../../server/contract/cards.ts'

export function nameOnDocket({ openedBy, route }: DocketCard, login: string): string | undefined {
  const signed = [openedBy, ...route.flatMap(({ by, countersigners }) => [by, ...countersigners])]
  return signed.find((each) => each.login === login)?.name
}
