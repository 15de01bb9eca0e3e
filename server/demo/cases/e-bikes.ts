// Stolen electric bicycles: some are back with their owners, for others that is being decided.

import { handedOver, lent, noticeSent, returnApproved, returnProposed } from '../acts.ts'
import type { StoryTeller } from '../story.ts'

export const eBikes: StoryTeller = ({ day, ago, ahead }) => ({
  key: 'e-bikes',
  title: '陈某等人系列盗窃电动自行车案',
  kind: 'criminal',
  unit: 'crim',
  officers: ['officer', 'officer2'],
  acceptedAt: day(58, '10:10'),
  seizures: [
    {
      by: 'officer',
      at: day(56, '15:20'),
      handedInAt: day(56, '21:40'),
      from: '陈某',
      source: '江城市城西路 18 号院内车棚，当场查获',
      witness: '周某某',
      things: `
        returned | general    | 电动自行车（白色，两轮） | 1辆 | 件-01 | bike 白 | value=2600 serial=车架号118622003417 | 白色车身，前筐变形，后座有儿童座椅
        ready    | general    | 电动自行车（红色，两轮） | 1辆 | 件-01 | bike 红 | value=3280 serial=车架号118622005526 | 红色车身，左侧脚踏缺失，钥匙孔有撬痕
        claimed  | general    | 电动自行车（黑色，两轮） | 1辆 | 件-01 | bike 黑 | value=2980 serial=车架号118622007735 | 黑色车身，加装挡风被，锁芯损坏
        unrelated | general   | 电动自行车（蓝色，两轮） | 1辆 | 件-02 | bike 蓝 | value=1900 serial=车架号118622009944 | 蓝色车身，车况完好，钥匙在车上
        4× bikes | general    | 电动自行车（无牌，待查，#号） | 1辆 | 件-02 | bike 灰 | value=2200 | 灰色车身，车架号有打磨痕迹，待技术显现
        4× bikes | general    | 电动自行车蓄电池（#号） | 1块 | A-01 | battery 黑 | value=480 | 48V20Ah 铅酸电池，接线端子有剪断痕
        tools    | general    | 液压剪 | 1把 | A-01 | cutter 红 | seal | 刃口有新鲜金属粘附物，手柄缠黑色胶布
        tools    | general    | 自制开锁工具 | 3件 | A-01 | bar 银 | seal | T 形杆，端部经打磨
        van      | vehicle   | 面包车（江Z·9D801） | 1辆 | 车-01 | van 白 | vin=LZWACAGA*99000801 plate=江Z·9D801 mileage=86412 contents=后座拆除，内有绑扎带 | 白色，右侧滑门凹陷，后排座椅拆除
        phones   | electronic | OPPO A55 手机 | 1部 | 磁-01 | phone 黑 | imei=86990105 seal | 屏幕右上角碎裂，已装入屏蔽袋
        phones   | electronic | 红米 Note 12 手机 | 1部 | 磁-01 | phone 蓝 | imei=86990106 seal | 外观完好，已装入屏蔽袋
        cash     | cash       | 现金人民币（销赃款） | 1宗 | 甲-01 | notes 红 | notes=100x31,50x2,20x3 seal | 随身查获，双人清点封存
      `,
    },
    {
      by: 'officer2',
      at: day(21, '10:30'),
      handedInAt: day(21, '17:00'),
      keeper: 'keeper3',
      from: '修车铺经营者伍某',
      source: '江城市东环路 204 号修车铺，依法调查收购赃物线索时扣押',
      witness: '隔壁商户滕某某',
      things: `
        2× resold | general | 电动自行车车架（#号） | 1副 | 东A-03 | bike 青 | value=600 | 车架号有打磨痕迹，轮组已拆
        4× resold | general | 锂电池组（#号） | 1块 | 东A-03 | battery 银 | value=900 serial=BT9907-# seal | 外壳有旧标签撕除痕迹
        resold | document | 收购登记本 | 1册 | 东A-04 | book 灰 | | 2 月以来收购记录，多处未登记身份
        resold | general  | 手持角磨机 | 1台 | 东A-04 | machine 蓝 | seal | 砂轮片沾有漆屑
      `,
    },
  ],
  acts: [
    returnProposed(['returned'], {
      at: day(41, '09:30'),
      by: 'officer',
      ground: 'victim',
      owner: '丁某某',
      idNumber: '990102198805050026',
      proof: '购车发票',
    }),
    returnApproved(['returned'], { at: day(40, '16:05'), by: 'leader' }),
    handedOver(
      ['returned'],
      { at: day(38, '10:20'), by: 'keeper' },
      { name: '丁某某', idNumber: '990102198805050026' },
    ),
    returnProposed(['ready'], {
      at: day(12, '09:10'),
      by: 'officer',
      ground: 'victim',
      owner: '戴某某',
      idNumber: '990102199112120049',
      proof: '购车发票',
    }),
    returnApproved(['ready'], { at: day(11, '15:30'), by: 'leader' }),
    noticeSent(['ready'], { at: day(10, '09:00'), by: 'officer' }, '电话通知并邮寄领取通知书'),
    ...lent(['van'], {
      by: 'officer',
      askedAt: ago(7),
      usedAt: ahead(26),
      dueAt: ahead(74),
      purpose: 'inspection',
      reason: '对车厢内微量物证进行补充勘验，由拖车运至刑科所',
    }),
    returnProposed(['claimed'], {
      at: ago(6),
      by: 'officer',
      ground: 'victim',
      owner: '龚某某',
      idNumber: '990102198510100065',
      proof: '购车发票',
    }),
    returnProposed(['unrelated'], {
      at: ago(4),
      by: 'officer2',
      ground: 'unrelated',
      owner: '陈某之妻徐某某',
      idNumber: '990102199007170060',
      note: '经查系嫌疑人妻子合法购买，与本案无关。',
    }),
  ],
})
