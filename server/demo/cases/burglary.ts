// Burglaries: jewellery went back to a victim, the rest is on its way from the procuratorate to the court.

import { accepted, endorsed, handedOver, lent, offered, packed, returnApproved, returnProposed } from '../acts.ts'
import type { StoryTeller } from '../story.ts'

const sent = ['jewels', 'watch', 'cash', 'goods', 'tools']

export const burglary: StoryTeller = ({ day, ahead }) => ({
  key: 'burglary',
  title: '刘某入室盗窃案',
  kind: 'criminal',
  unit: 'crim',
  officers: ['officer', 'officer2'],
  acceptedAt: day(52, '08:30'),
  seizures: [
    {
      by: 'officer',
      at: day(51, '16:10'),
      handedInAt: day(51, '20:15'),
      from: '刘某',
      source: '江城市东湖新村 7 栋 602 室暂住处，依法搜查扣押',
      witness: '社区工作人员童某',
      things: `
        necklace | valuables | 足金项链 | 1条 | 乙-01 | necklace 金 | weight=18.42 value=11200 seal | 水波纹链，扣头刻“足金999”
        jewels   | valuables | 足金手镯 | 1只 | 乙-01 | bangle 金 | weight=32.70 value=19800 seal | 光面开口，内壁有划痕
        jewels   | valuables | 翡翠挂件 | 1件 | 乙-01 | disc 绿 | weight=12.05 value=6800 seal | 平安扣形，浅绿色，附红绳
        jewels   | valuables | 钻石戒指 | 1枚 | 乙-02 | ringlet 银 | weight=3.16 value=15600 seal | 六爪镶嵌，内壁刻字母
        watch    | valuables | 机械手表 | 1块 | 乙-02 | watch 银 | serial=表壳编号9Q41203 value=36000 seal | 钢带，表镜轻微划痕，走时正常
        cash     | cash      | 现金人民币 | 1宗 | 甲-01 | notes 红 | notes=100x118,50x10,10x10 seal | 旅行包夹层内查获，双人清点封存
        goods    | electronic | 笔记本电脑 | 1台 | 磁-02 | laptop 银 | serial=SN9C02X1107 value=4200 seal | 银色 13 英寸，A 面贴纸，无充电器
        goods    | electronic | 数码单反相机 | 1台 | 磁-02 | camera 黑 | serial=机身号99203118 value=5300 seal | 配 24-105 镜头一支，遮光罩缺失
        tools    | general   | 撬棍 | 1根 | A-03 | bar 黑 | seal | 长约 46 厘米，端部有蓝色漆片
        tools    | general   | 线手套 | 2双 | A-03 | counter 棕 | seal | 白色，掌面有磨损
        tools    | general   | 鞋印石膏模型 | 1件 | A-03 | plate 白 | seal | 左足，花纹清晰
        swabs    | biological | 窗台血迹擦拭棉签 | 2支 | 冷-01 | swabs 蓝 | carrier=唐小禾 seal | 暗红色，阴干后纸袋封装
      `,
    },
  ],
  acts: [
    returnProposed(['necklace'], {
      at: day(44, '10:00'),
      by: 'officer',
      ground: 'victim',
      owner: '蒋某某',
      idNumber: '990102197909090087',
      proof: '首饰质保单',
    }),
    returnApproved(['necklace'], { at: day(43, '14:20'), by: 'leader2' }),
    handedOver(
      ['necklace'],
      { at: day(41, '15:00'), by: 'keeper' },
      { name: '蒋某某', idNumber: '990102197909090087' },
    ),
    packed(['tools'], { at: day(34, '10:40'), by: 'keeper2' }, '周转箱一号'),
    offered(sent, {
      at: day(30, '09:30'),
      by: 'officer',
      to: 'proc',
      stage: 'prosecution',
      document: { kind: '起诉意见书', no: '江公(刑)诉字〔演示〕0098号' },
      proposal: '作为物证随案移送，建议判决后发还被害人',
    }),
    endorsed(sent, { at: day(29, '15:00'), by: 'legal' }),
    accepted(sent, { at: day(28, '10:10'), by: 'procurator' }),
    ...lent(['watch'], {
      by: 'procurator',
      askedAt: day(5, '09:20'),
      approvedAt: day(5, '11:00'),
      decider: 'procurator2',
      releasedAt: day(4, '09:10'),
      usedAt: day(4, '10:00'),
      dueAt: ahead(60),
      purpose: 'identification',
      reason: '送价格认证机构补充鉴定真伪及价值',
    }),
    offered(['jewels', 'cash', 'goods'], {
      at: day(3, '14:30'),
      by: 'procurator',
      to: 'court',
      stage: 'trial',
      document: { kind: '起诉书', no: '江检刑诉〔演示〕0071号' },
      proposal: '随案移送，建议判决返还被害人',
    }),
  ],
})
