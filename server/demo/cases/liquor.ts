// Counterfeit liquor, sent back for supplementary investigation; an owner objects, and one hand-in was refused.

import { accepted, endorsed, offered, taken } from '../acts.ts'
import type { StoryTeller } from '../story.ts'

const sent = ['liquor', 'labels', 'books', 'phone', 'machine', 'caps']

export const liquor: StoryTeller = ({ day, ago }) => ({
  key: 'liquor',
  title: '何某销售假冒注册商标的商品案',
  kind: 'criminal',
  unit: 'econ',
  officers: ['officer4', 'officer3'],
  acceptedAt: day(37, '09:20'),
  seizures: [
    {
      by: 'officer4',
      at: day(36, '14:00'),
      handedInAt: day(35, '09:30'),
      from: '何某',
      source: '江城市北郊物流园 3 号仓库，依法检查扣押',
      witness: '园区保安队长祁某',
      things: `
        5× liquor | general | 假冒品牌白酒（第#批） | 6箱 | B-01 | carton 红 | value=14400 | 每箱 6 瓶，500 毫升，外箱喷码模糊
        liquor  | general  | 白酒抽样瓶 | 4瓶 | B-02 | bottle 白 | seal | 每批抽取，已贴封签
        labels  | general  | 防伪标识 | 1200枚 | B-02 | sims 金 | seal | 卷装，压印粗糙
        caps    | general  | 瓶盖 | 800个 | B-02 | coins 红 | | 编织袋盛装
        machine | general  | 半自动封口机 | 1台 | 件-03 | machine 青 | serial=FK-99-0207 | 铭牌模糊，通电正常
        forklift | general | 手动液压叉车 | 1台 | 件-03 | machine 橙 | serial=BF-990311 | 载重 2 吨，货叉有锈蚀
        books   | document | 送货单 | 6本 | 卷-02 | book 黄 | | 三联复写，有收货人签名
        phone   | electronic | 华为 nova 9 手机 | 1部 | 磁-04 | phone 紫 | imei=86990113 seal | 微信群用于下单，已装入屏蔽袋
      `,
    },
    {
      by: 'officer4',
      at: day(3, '10:00'),
      from: '何某',
      source: '江城市北郊物流园 5 号仓库，补充侦查中查获',
      witness: '园区保安队长祁某',
      things: `
        refused | general | 空酒瓶 | 96个 |  | bottle 绿 | | 散装于编织袋，瓶身残留标签
        refused | general | 成品外包装盒 | 150个 |  | carton 橙 | | 折叠状态，部分受潮
      `,
    },
  ],
  acts: [
    offered(sent, {
      at: day(22, '10:00'),
      by: 'officer4',
      to: 'proc',
      stage: 'prosecution',
      document: { kind: '起诉意见书', no: '江公(刑)诉字〔演示〕0109号' },
      proposal: '假酒及制假工具建议没收销毁',
    }),
    endorsed(sent, { at: day(21, '10:30'), by: 'legal2' }),
    accepted(sent, { at: day(20, '09:00'), by: 'procurator' }),
    taken(
      'objection.raise',
      ['forklift'],
      { at: day(15, '10:00'), by: 'officer4' },
      {
        objector: '物流园设备租赁部',
        reason: '叉车系租赁部所有，出租给何某使用，要求返还，已提交租赁合同复印件。',
      },
    ),
    offered(sent, {
      at: day(9, '15:00'),
      by: 'procurator',
      to: 'psb',
      stage: 'supplementary-investigation',
      document: { kind: '退回补充侦查决定书', no: '江检补侦〔演示〕0019号' },
      proposal: '查清上线来源及销售金额',
    }),
    accepted(sent, { at: day(8, '09:30'), by: 'legal' }),
    taken(
      'intake.refuse',
      ['refused'],
      { at: ago(20), by: 'keeper' },
      {
        reason: 'unfit-packaging',
        note: '散装未封存、未编号，且部分受潮，请分装封签并附照片后重新移交。',
      },
    ),
  ],
})
