// All Chinese texts, a file per namespace, as one chunk.

export default import.meta.glob<Record<string, unknown>>('./zh-CN/*.json', { eager: true, import: 'default' })
