// Help for online crime: keys of virtual money in the safe, and a loan that is overdue.

import { lent, taken } from '../acts.ts'
import type { StoryTeller } from '../story.ts'

export const coins: StoryTeller = ({ day, ahead }) => ({
  key: 'coins',
  title: '林某帮助信息网络犯罪活动案',
  kind: 'criminal',
  unit: 'econ',
  officers: ['officer4', 'officer3'],
  acceptedAt: day(31, '10:00'),
  seizures: [
    {
      by: 'officer4',
      at: day(30, '20:10'),
      handedInAt: day(29, '10:00'),
      from: '林某',
      source: '江城市枫林路 66 号出租屋，依法搜查扣押',
      witness: '房东屠某',
      things: `
        wallet | virtual    | 硬件冷钱包（泰达币） | 1个 | 甲-03 | wallet 黑 | serial=CW9900417 value=152000 seal | 双人在场查看余额后断电封存，全程录像
        plate  | virtual    | 助记词金属板 | 1块 | 甲-03 | plate 银 | hash=SM3:0c77d1e2f9a4b638 seal | 不透明密封袋，未拍摄正面内容
        phone  | electronic | 三星 S21 手机 | 1部 | 磁-01 | phone 紫 | imei=35990114 seal | 装有交易所应用，已开飞行模式
        3× others | electronic | 备用手机（#号） | 1部 | 磁-01 | phone 银 | imei=86990116 seal | 用于接收验证码，已装入屏蔽袋
        tablet | electronic | 平板电脑 | 1台 | 磁-02 | laptop 灰 | serial=SN9P31144 seal | 10.9 英寸，附键盘
        router | electronic | 便携式路由器 | 1台 | 磁-02 | gateway 灰 | serial=RT990118 seal | 双频，附电源
        cards  | general    | 银行卡 | 11张 | B-03 | cards 金 | seal | 均为他人实名，附开户资料
        papers | document   | 收卡台账 | 1册 | 卷-03 | book 黑 | | 记录卡主、转账限额及分成比例
      `,
    },
  ],
  acts: [
    taken(
      'label.replace',
      ['cards'],
      { at: day(22, '09:30'), by: 'keeper' },
      { reason: '标签边角翘起，扫码不稳定，重新打印粘贴' },
    ),
    ...lent(['tablet'], {
      by: 'officer4',
      askedAt: day(17, '09:00'),
      approvedAt: day(17, '11:00'),
      decider: 'head2',
      releasedAt: day(16, '10:00'),
      usedAt: day(16, '11:00'),
      dueAt: day(4, '12:00'),
      purpose: 'examination',
      reason: '送电子数据取证室提取转账截图及聊天记录',
    }),
    ...lent(['phone'], {
      by: 'officer4',
      askedAt: day(4, '14:00'),
      approvedAt: day(4, '15:30'),
      decider: 'head2',
      releasedAt: day(3, '09:30'),
      usedAt: day(3, '10:00'),
      dueAt: ahead(44),
      purpose: 'interrogation',
      reason: '讯问时向犯罪嫌疑人出示聊天记录原始载体',
    }),
  ],
})
