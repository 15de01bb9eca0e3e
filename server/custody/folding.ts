// Folding: what texts have in common that a reader cannot tell apart, so that they are found and compared as one. Pure.

/** Same for every writing of the same text: case, width, brackets, dashes, dots, blanks, radicals, what is not seen. */
export function folded(text: string): string {
  return text
    .replace(unseen, '')
    .normalize('NFKC')
    .replace(/[⺁-⻳㇀-㇣]/gu, (sign) => ideographOf.get(sign) ?? sign)
    .replace(/\p{Ps}/gu, '(')
    .replace(/\p{Pe}/gu, ')')
    .replace(/\p{Pd}/gu, '-')
    .replace(/[‧•・∙⋅]/gu, '·')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Whether two texts are the same as folded, and however they are spaced. */
export const sameWriting = (one: string, other: string): boolean => bare(one) === bare(other)
export const bare = (name: string): string => folded(name).replaceAll(' ', '')

/** Format characters, controls that are no blanks, and what is drawn as nothing. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?!\s)\p{Cc}/gu

/**
 * The ideographs that radicals and strokes stand for, each block in its order; `　` has none. From the Unicode Character
 * Database, EquivalentUnifiedIdeograph. Kangxi radicals are not among them, since NFKC folds those.
 */
const blocks: [first: number, ideographs: string][] = [
  [
    0x2e81,
    '厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵　旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟',
  ],
  [0x31c0, '　　　　　　𠃌　　　　　　　　乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎'],
]
const ideographOf = new Map(
  blocks.flatMap(([first, ideographs]) =>
    [...ideographs].flatMap((ideograph, index) =>
      ideograph === '　' ? [] : [[String.fromCodePoint(first + index), ideograph] as const],
    ),
  ),
)
