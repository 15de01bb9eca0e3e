// The Chinese that people read is a property officer's: words that the trade does not use, each with the right one.

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect } from 'chai'

const root = resolve(import.meta.dirname, '../..')

const rightWords: [refused: RegExp, right: string][] = [
  [/强制措施/, '涉案财物措施'],
  [/借用人/, '调用人'],
  [/会签/, '签认, 共同签字'],
  [/案管分离/, '办管分离'],
  [/收据/, '凭证, 回执'],
  [/管辖移送/, '移送管辖'],
  [/登记扣押/, '登记涉案财物'],
  [/(?<!涉案)财物管理部门/, '涉案财物管理部门'],
  [/民警/, '办案人员'],
  [/第二人|第二保管员/, '在场复核人, 共同保管员'],
  [/账本|(?<!存证)日志/, '存证日志'],
  [/见证(单位|方|签名|规则|要求|密钥)/, '外部存证单位'],
  [/(?<!庭审举证（)示证/, '庭审举证（示证）'],
  [/延后/, '延期'],
  [/^在管$/, '由本机关管理'],
  [/错位/, '存放位置不符'],
  [/核销/, '认定灭失'],
  [/(?<!随案)存卷/, '随案存卷'],
  [/专用账户/, '唯一合规账户'],
  [/易腐物品/, '易腐烂变质物品'],
  [/电子设备(?!及存储介质)/, '电子设备及存储介质'],
  [/台面|移开/, '待办清单, 清空清单'],
  [/换人登录/, '切换用户'],
  [/押运人|运送人/, '转运人'],
]

const textsOf = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value as Record<string, unknown>).flatMap(textsOf)

describe('the Chinese texts', () => {
  const locales = join(root, 'client/locales/zh-CN')
  const places = [
    ...readdirSync(locales).map((name) => {
      const path = join(locales, name)
      return { path, texts: textsOf(JSON.parse(readFileSync(path, 'utf8'))) }
    }),
    { path: join(root, 'README.zh-CN.md'), texts: readFileSync(join(root, 'README.zh-CN.md'), 'utf8').split('\n') },
  ]

  it('use no word that a property officer would not', () => {
    const strange = places.flatMap(({ path, texts }) =>
      texts.flatMap((text) =>
        rightWords
          .filter(([refused]) => refused.test(text))
          .map(([refused, right]) => `${relative(root, path)}: ${text.match(refused)![0]} → ${right}, in “${text}”`),
      ),
    )
    expect(strange, strange.join('\n')).to.deep.equal([])
  })
})
