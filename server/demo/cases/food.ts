// Unsafe food: what would spoil waits for the principal leader to be sold early.

import { disposalApproved, disposalProposed, disposalReviewed, executed } from '../acts.ts'
import type { StoryTeller } from '../story.ts'
import { dateOf } from '../times.ts'

export const food: StoryTeller = ({ day }) => ({
  key: 'food',
  title: '韩某生产、销售不符合安全标准的食品案',
  kind: 'criminal',
  unit: 'econ',
  officers: ['officer3', 'officer4'],
  acceptedAt: day(20, '08:00'),
  seizures: [
    {
      by: 'officer3',
      at: day(19, '05:40'),
      handedInAt: day(19, '11:30'),
      from: '韩某',
      source: '江城市南门农贸市场冷库 12 号间，联合检查扣押',
      witness: '市场管理办工作人员敖某',
      things: `
        crabs   | perishable | 鲜活梭子蟹 | 40公斤 | 冻-01 | fish 橙 | value=3200 | 泡沫箱加冰，检疫合格，来源合法
        hairtail | perishable | 冷冻带鱼 | 120公斤 | 冻-01 | fish 银 | value=4560 | 6 箱，检验合格，保质期将至
        tripe   | perishable | 冷冻牛肚（疑似火碱发制） | 85公斤 | 冻-02 | meat 白 | value=2550 seal | 色泽异常发白，已抽样
        feet    | perishable | 冷冻鸡爪（疑似双氧水漂白） | 60公斤 | 冻-02 | meat 黄 | value=1080 seal | 无检疫证明，已抽样
        2× soda | hazardous  | 工业火碱（第#桶） | 1桶 | 危-02 | can 蓝 | weight=25000 seal | 塑料桶盛装，净重 25 千克，防腐蚀托盘放置
        peroxide | hazardous | 工业双氧水 | 1桶 | 危-01 | can 白 | weight=20000 seal | 浓度标注 35%，通风避光
        reports | document   | 抽样检验报告 | 3份 | 卷-02 | paper 红 | | 江城市食品检验中心出具
        ledger  | document   | 进销货台账 | 2本 | 卷-02 | book 棕 | | 手写，有涂改
      `,
    },
  ],
  acts: [
    disposalProposed(['crabs'], {
      at: day(18, '09:00'),
      by: 'officer3',
      kind: 'early-sale',
      basis: { kind: 'consent', no: '同意先行变卖书（演示）01号', date: dateOf(day(18, '08:30')) },
      reason: '鲜活水产品不易保管，权利人书面同意先行变卖',
      value: '3200',
    }),
    disposalReviewed(['crabs'], { at: day(18, '10:30'), by: 'legal' }),
    disposalApproved(['crabs'], { at: day(18, '14:00'), by: 'principal' }),
    executed(['crabs'], {
      at: day(17, '08:30'),
      by: 'keeper',
      method: '委托农贸市场公开变卖，价款存入唯一合规账户',
      site: '江城市水产批发市场',
      vouchers: [{ kind: '变卖成交确认书', no: '（演示）江变0012号', amount: '3080' }],
    }),
    disposalProposed(['hairtail'], {
      at: day(4, '09:20'),
      by: 'officer3',
      kind: 'early-sale',
      basis: { kind: 'consent', no: '同意先行变卖书（演示）02号', date: dateOf(day(4, '09:00')) },
      reason: '保质期将至，继续冷冻保管成本高，权利人书面同意先行变卖',
      value: '4560',
    }),
    disposalReviewed(['hairtail'], { at: day(2, '10:00'), by: 'legal' }),
  ],
})
