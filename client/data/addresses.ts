// Addresses of what the browser fetches by itself: pictures, labels, printed papers.

import { queryText } from './request.ts'

export const fileAddress = (sha256: string): string => `/api/files/${sha256}`
/** A small copy, 160, 480 or 1280 pixels wide. */
export const thumbnailAddress = (sha256: string, width: 160 | 480 | 1280 = 480): string =>
  `/api/files/${sha256}?width=${width}`

export type LabelFormat = 'pdf' | 'png' | 'svg' | 'zpl'

/** Labels of items, places, dockets or badges by their codes; on a roll or on A4 sheets. */
export const labelsAddress = (codes: string[], format: LabelFormat = 'pdf', layout?: 'roll' | 'a4'): string =>
  `/api/labels${queryText({ items: codes.join(','), format, layout })}`

/** The receipt of the step that recorded the entry at a position, as PDF. */
export const receiptAddress = (position: number): string => `/api/documents/receipt${queryText({ position })}`
