// A fraud by telephone with many devices: overdue loans, an extension, transfers at two desks, one settled discrepancy.

import {
  deposited,
  endorsed,
  extensionAsked,
  givenBack,
  lent,
  moved,
  offered,
  returnApproved,
  returnProposed,
  taken,
} from '../acts.ts'
import type { StoryTeller } from '../story.ts'

export const telecom: StoryTeller = ({ day, ago, ahead }) => ({
  key: 'telecom',
  title: '郑某等人电信网络诈骗案',
  kind: 'criminal',
  unit: 'crim',
  officers: ['officer', 'officer2'],
  acceptedAt: day(42, '09:00'),
  seizures: [
    {
      by: 'officer',
      at: day(40, '06:20'),
      handedInAt: day(40, '16:30'),
      from: '郑某',
      source: '江城市云杉公寓 B 座 1903 室，集中收网现场扣押',
      witness: '物业主管佘某',
      things: `
        6× lent | electronic | 涉诈手机（vivo Y33，#号） | 1部 | 磁-04 | phone 蓝 | imei=86990111 seal | 贴有编号标签，屏幕常亮时断网封存
        12× phones | electronic | 涉诈手机（红米 9A，#号） | 1部 | 磁-04 | phone 灰 | imei=86990112 seal | 背贴手写号码纸条，已装入屏蔽袋
        4× laptops | electronic | 笔记本电脑（话务员工位#） | 1台 | 磁-05 | laptop 黑 | serial=SN9T4F08# seal | 14 英寸，键盘有磨损，关机状态
        3× gateway | electronic | GOIP 语音网关（#号） | 1台 | 磁-05 | gateway 黑 | serial=GW16-9902# seal | 16 口，指示灯面板贴有卡号对照表
        2× sims | electronic | 电话卡（#号束） | 48张 | 磁-06 | sims 橙 | serial=封装束99-# seal | 橡皮筋捆扎，按运营商分束
        server | electronic | 台式主机 | 1台 | 磁-06 | computer 黑 | serial=SN9H77102 hash=SM3:9be1c20f77a45d18 seal | 机箱侧板缺螺丝，内有硬盘 2 块
      `,
    },
    {
      by: 'officer2',
      at: day(40, '07:10'),
      handedInAt: day(40, '17:20'),
      from: '郑某',
      source: '江城市云杉公寓 B 座 1905 室财务用房，集中收网现场扣押',
      witness: '物业主管佘某',
      things: `
        cards  | general  | 银行卡 | 23张 | A-05 | cards 蓝 | seal | 户名各异，卡背贴密码纸条
        tokens | electronic | 网银 U 盾 | 9个 | 磁-06 | stick 白 | serial=盾号99001至99009 seal | 按开户行分袋
        books  | document | 话术本 | 3册 | 卷-01 | book 绿 | | 手写，封面有“剧本”字样
        books  | document | 业绩考勤表 | 31页 | 卷-01 | folder 黄 | | A4 打印，有手写签名
        cash   | cash     | 现金人民币（工资款） | 1宗 | 甲-02 | notes 红 | notes=100x432,50x6,20x15 seal | 保险箱内查获，双人清点封存
        van    | vehicle  | 商务车（江Z·9T660） | 1辆 | 车-03 | van 黑 | vin=LSGUL83L*99006601 plate=江Z·9T660 mileage=54310 contents=无 | 黑色，后窗贴膜，随车钥匙 1 把
        safe   | general  | 密码保险箱 | 1只 | 件-03 | computer 灰 | | 电子锁，已由技术开启，箱内清空
      `,
    },
  ],
  acts: [
    deposited(['cash'], { at: day(38, '10:00'), by: 'finance' }, { no: '（演示）缴00402', amount: '43800' }),
    returnProposed(['cash'], {
      at: day(4, '09:30'),
      by: 'officer2',
      ground: 'victim',
      owner: '蒋某某',
      idNumber: '990102197909090087',
      proof: '银行转账凭证',
      note: '被害人转入的款项，当日取现后于财务用房查获。',
    }),
    returnApproved(['cash'], { at: day(3, '16:00'), by: 'leader' }),
    ...lent(['tokens'], {
      by: 'officer2',
      askedAt: day(33, '09:00'),
      approvedAt: day(33, '10:00'),
      releasedAt: day(33, '14:00'),
      usedAt: day(33, '15:00'),
      dueAt: day(31, '18:00'),
      purpose: 'inspection',
      reason: '会同银行查询对公账户流水',
    }),
    givenBack(['tokens'], {
      at: day(31, '16:20'),
      borrower: 'officer2',
      found: { condition: 'damaged', note: '其中 1 个 U 盾外壳开裂，调用人称系插拔时掉落所致。' },
    }),
    taken(
      'discrepancy.explain',
      ['tokens'],
      { at: day(30, '09:30'), by: 'officer2' },
      { note: '在银行柜面操作时不慎掉落，有柜面监控可查。' },
    ),
    {
      at: day(28, '15:00'),
      by: 'storehead',
      step: 'discrepancy.resolve',
      groups: ['tokens'],
      signers: ['inspector'],
      input: ({ pictures }) => ({
        outcome: 'explained',
        note: '经调阅银行柜面监控，情况属实，芯片可正常读取，不影响证据效力。',
        documents: [pictures.paper('异常处理意见')],
      }),
    },
    moved(['safe'], { at: day(27, '10:00'), by: 'keeper' }, '件-02', '腾挪大件库位'),
    ...lent(['lent'], {
      by: 'officer',
      askedAt: day(14, '09:00'),
      approvedAt: day(14, '11:00'),
      releasedAt: day(13, '09:30'),
      usedAt: day(13, '10:00'),
      dueAt: day(3, '18:00'),
      purpose: 'examination',
      reason: '送电子数据取证室制作镜像并提取聊天记录',
    }),
    ...lent(['laptops'], {
      by: 'officer2',
      askedAt: day(6, '09:00'),
      approvedAt: day(6, '10:30'),
      releasedAt: day(5, '09:30'),
      usedAt: day(5, '10:00'),
      dueAt: ahead(20),
      purpose: 'examination',
      reason: '送电子数据取证室恢复已删除的话术文档',
    }),
    offered(['books', 'cards', 'tokens'], {
      at: day(3, '10:00'),
      by: 'officer',
      to: 'proc',
      stage: 'prosecution',
      document: { kind: '起诉意见书', no: '江公(刑)诉字〔演示〕0117号' },
      proposal: '作为书证、物证随案移送',
    }),
    endorsed(['books', 'cards', 'tokens'], { at: day(2, '11:00'), by: 'legal' }),
    extensionAsked(['laptops'], { at: ago(6), by: 'officer2' }, ahead(116), '硬盘加密，破解尚需时日'),
    offered(['gateway', 'sims', 'server'], {
      at: ago(5),
      by: 'officer',
      to: 'proc',
      stage: 'prosecution',
      document: { kind: '补充移送函', no: '江公(刑)补移〔演示〕0031号' },
      proposal: '作案工具，建议没收',
    }),
  ],
})
