// All English texts, a file per namespace, as one chunk.

export default import.meta.glob<Record<string, unknown>>('./en/*.json', { eager: true, import: 'default' })
