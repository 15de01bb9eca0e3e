// An administrative case: the stake went to the treasury, machines were destroyed, a fresh raid is still with the officer.

import {
  disposalApproved,
  disposalProposed,
  disposalReviewed,
  executed,
  handedOver,
  returnApproved,
  returnProposed,
  staged,
} from '../acts.ts'
import type { StoryTeller } from '../story.ts'
import { dateOf } from '../times.ts'

export const gambling: StoryTeller = ({ day, ago }) => {
  const basis = { kind: 'decision', no: '江公(治)行罚决字〔演示〕0215号', date: dateOf(day(33, '09:00')) }
  return {
    key: 'gambling',
    title: '冯某等人赌博案',
    kind: 'administrative',
    unit: 'crim',
    officers: ['officer2', 'officer'],
    acceptedAt: day(45, '21:00'),
    seizures: [
      {
        by: 'officer2',
        at: day(45, '22:40'),
        handedInAt: day(44, '11:00'),
        from: '冯某',
        source: '江城市柳荫巷 9 号棋牌室二楼包间，当场查获',
        witness: '居民委员会干部柏某',
        things: `
          stake  | cash    | 赌资人民币（桌面） | 1宗 | 甲-02 | notes 红 | notes=100x97,50x14,20x25 seal | 桌面及抽屉内，双人清点封存
          stake  | cash    | 赌资人民币（庄家身上） | 1宗 | 甲-02 | notes 粉 | notes=100x52,50x1,10x5 seal | 庄家腰包内，双人清点封存
          2× table | general | 自动麻将机（#号） | 1台 | 件-01 | table 绿 | | 加装程控装置，遥控器 1 个
          chips  | general | 筹码 | 1盒 | B-03 | chips 红 | | 五种面额，共 300 枚
          cards  | general | 扑克牌 | 24副 | B-03 | cards 红 | | 部分有隐形标记
          2× cameras | electronic | 望风摄像头（#号） | 1个 | 磁-06 | camera 白 | serial=IPC9930# | 楼道口及窗台安装，带存储卡
        account | document | 赌场记账本 | 1册 | 卷-03 | book 红 | | 记载输赢与抽头
          phone  | electronic | 荣耀畅玩 30 手机 | 1部 | 磁-06 | phone 青 | imei=86990115 | 参赌人员罗某所有
        `,
      },
      {
        by: 'officer2',
        at: ago(6),
        from: '冯某',
        source: '江城市柳荫巷 15 号地下室，接群众举报当场查获',
        witness: '居民委员会干部柏某',
        list: '先行登记保存清单',
        measure: 'preserve',
        things: `
          2× fresh | general | 捕鱼游戏机主板（#号） | 1块 |  | gateway 绿 | serial=BY99-20#1 | 拆自游戏机，退币模块改装
          fresh  | general | 游戏币 | 640枚 |  | coins 金 | | 塑料筐盛装
          fresh  | cash    | 赌资人民币 | 1宗 |  | notes 红 | notes=100x41,50x8,20x5 seal | 收银台抽屉内，双人清点封存
        `,
      },
    ],
    acts: [
      returnProposed(['phone'], {
        at: day(43, '09:00'),
        by: 'officer2',
        ground: 'measure-lifted',
        owner: '罗某',
        idNumber: '990102199303030011',
        note: '数据已固定，依法解除扣押。',
      }),
      returnApproved(['phone'], { at: day(43, '10:30'), by: 'head' }),
      handedOver(['phone'], { at: day(42, '09:40'), by: 'keeper' }, { name: '罗某', idNumber: '990102199303030011' }),
      disposalProposed(['stake'], {
        at: day(31, '09:00'),
        by: 'officer2',
        kind: 'treasury',
        basis,
        reason: '行政处罚决定收缴赌资，上缴国库',
      }),
      disposalReviewed(['stake'], { at: day(30, '10:00'), by: 'legal' }),
      disposalApproved(['stake'], { at: day(29, '15:00'), by: 'leader' }),
      executed(['stake'], {
        at: day(27, '10:00'),
        by: 'keeper',
        method: '双人清点后存入财政非税收入专户',
        site: '江城市财政局非税收入代收网点',
        vouchers: [{ kind: '非税收入一般缴款书', no: '（演示）江缴00931号', amount: '16200' }],
      }),
      disposalProposed(['table', 'chips'], {
        at: day(30, '09:00'),
        by: 'officer2',
        kind: 'destroy',
        basis,
        reason: '行政处罚决定收缴赌具，依法销毁',
      }),
      disposalReviewed(['table', 'chips'], { at: day(29, '10:00'), by: 'legal' }),
      disposalApproved(['table', 'chips'], { at: day(28, '11:00'), by: 'leader' }),
      staged(['table', 'chips'], { at: day(26, '09:30'), by: 'keeper' }, '待处置区'),
      executed(['table', 'chips'], {
        at: day(25, '14:30'),
        by: 'keeper',
        method: '机械压毁',
        site: '江城市再生资源处理厂',
      }),
    ],
  }
}
