// A fresh assault: biological traces, one request that waits for the head, one thing that waits at the counter.

import { lent, taken } from '../acts.ts'
import type { StoryTeller } from '../story.ts'

export const assault: StoryTeller = ({ day, ago, ahead }) => ({
  key: 'assault',
  title: '赵某故意伤害案',
  kind: 'criminal',
  unit: 'crim',
  officers: ['officer', 'officer2'],
  acceptedAt: day(16, '23:05'),
  seizures: [
    {
      by: 'officer',
      at: day(15, '01:30'),
      handedInAt: day(15, '10:50'),
      from: '赵某',
      source: '江城市解放路夜市烧烤摊旁，现场勘验提取',
      witness: '摊主卞某',
      things: `
        knife | general    | 水果刀 | 1把 | A-04 | knife 红 | seal | 红色塑料柄，刃长 11 厘米，刃面有暗红色斑迹
        glass | general    | 啤酒瓶碎片 | 1袋 | A-04 | bottle 绿 | seal | 绿色，含瓶颈，已分别包装
        2× clothes | biological | 血衣（#号） | 1件 | 冷-01 | shirt 白 | carrier=唐小禾 seal | 前襟大片暗红色浸染，阴干后纸袋封装
        3× swabs | biological | 血迹擦拭棉签（#号检材） | 1支 | 冷-02 | swabs 紫 | carrier=唐小禾 seal | 刀刃、地面、衣袖三处分别提取
        2× phone | electronic | 手机（当事人，#号） | 1部 | 磁-03 | phone 黑 | imei=86990110 seal | 屏幕有指纹污渍，已装入屏蔽袋
        video | electronic | 监控录像机硬盘 | 1块 | 磁-03 | disk 银 | serial=WX99A1107731 hash=SM3:4f1d09a27be03c55 seal | 4TB，摊位对面便利店提供
      `,
    },
    {
      by: 'officer2',
      at: day(3, '09:30'),
      from: '被害人罗某某',
      source: '江城市第三人民医院病案室，依法调取',
      list: '调取证据清单',
      measure: 'obtain',
      things: `
        late | document | 住院病历复印件 | 1册 |  | folder 蓝 | | 共 46 页，加盖病案室骑缝章
        late | document | CT 影像胶片 | 4张 |  | plate 黑 | | 头颅、左前臂，纸袋盛装
      `,
    },
    {
      by: 'officer2',
      at: ago(11),
      from: '被害人罗某某',
      source: '江城市第三人民医院法医临床门诊，当面提取',
      witness: '护士尤某',
      measure: 'sample',
      list: '提取笔录',
      things: `
        blood | biological | 被害人血样 | 2管 |  | tube 红 | carrier=陆一舟 seal | EDTA 抗凝管，各 2 毫升，冷藏箱携带
      `,
    },
  ],
  acts: [
    ...lent(['swabs'], {
      by: 'officer2',
      askedAt: day(12, '09:00'),
      approvedAt: day(12, '09:40'),
      releasedAt: day(12, '14:00'),
      usedAt: day(12, '15:00'),
      dueAt: day(5, '18:00'),
      purpose: 'examination',
      reason: '送市公安局刑科所作 DNA 检验比对',
    }),
    ...lent(['video'], {
      by: 'officer',
      askedAt: day(2, '10:00'),
      approvedAt: ago(5),
      usedAt: ahead(2),
      dueAt: ahead(50),
      purpose: 'inspection',
      reason: '制作监控视频镜像，原盘只读取不写入',
    }),
    taken('intake.defer', ['blood'], { at: ago(9), by: 'head' }, { reason: 'urgent-examination', until: ahead(6) }),
    ...lent(['phone'], {
      by: 'officer',
      askedAt: ago(3),
      usedAt: ahead(18),
      dueAt: ahead(66),
      purpose: 'examination',
      reason: '提取案发前后聊天记录及通话记录',
    }),
  ],
})
