// The kinds of files that are kept, by their media type: what a rule may ask of an upload. Pure.

export const fileKinds = ['picture', 'video', 'audio', 'paper'] as const
export type FileKind = (typeof fileKinds)[number]

const kinds = {
  'image/jpeg': 'picture',
  'image/png': 'picture',
  'image/webp': 'picture',
  /** As telephones take them. */
  'image/heic': 'picture',
  'video/mp4': 'video',
  'video/quicktime': 'video',
  'audio/mp4': 'audio',
  'audio/wav': 'audio',
  'audio/mpeg': 'audio',
  'application/pdf': 'paper',
  /** 开放版式文档, GB/T 33190. */
  'application/ofd': 'paper',
} as const satisfies Record<string, FileKind>

export type FileType = keyof typeof kinds
export const fileTypes = Object.keys(kinds) as FileType[]

/** The kind of a media type that is kept; nothing for another. */
export const kindOfFile = (type: string): FileKind | undefined =>
  Object.hasOwn(kinds, type) ? kinds[type as FileType] : undefined
