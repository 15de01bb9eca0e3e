// Illegal fund-raising: papers under way between the two sites, and a computer that came back with another seal.

import { arrived, deposited, dispatched, givenBack, lent } from '../acts.ts'
import type { StoryTeller } from '../story.ts'

export const fundraising: StoryTeller = ({ day, ago, ahead }) => ({
  key: 'fundraising',
  title: '孙某等人非法吸收公众存款案',
  kind: 'criminal',
  unit: 'econ',
  officers: ['officer3', 'officer4'],
  acceptedAt: day(50, '14:00'),
  seizures: [
    {
      by: 'officer3',
      at: day(48, '10:30'),
      handedInAt: day(48, '19:20'),
      from: '孙某',
      source: '江城市金桥大厦 21 层聚鑫财富公司办公区，依法搜查扣押',
      witness: '大厦物业经理黎某某',
      things: `
        laptop  | electronic | 财务笔记本电脑 | 1台 | 磁-03 | laptop 银 | serial=SN9F20188 seal | 财务总监工位，A 面贴资产标签
        2× disks | electronic | 移动硬盘（#号） | 1块 | 磁-03 | disk 黑 | serial=WD99E20#7 seal | 2TB，财务室保险柜内
        4× desktops | electronic | 台式电脑主机（财务#号） | 1台 | 磁-06 | computer 银 | serial=SN9F301# seal | 机箱封条完整，硬盘未拆
        stick   | electronic | 加密 U 盘 | 1个 | 磁-03 | stick 黑 | serial=KU990201 seal | 金属外壳，指纹加密
        cash    | cash       | 现金人民币（公司备用金） | 1宗 | 甲-02 | notes 红 | notes=100x860 seal | 财务室保险柜内，双人清点封存
        dollars | cash       | 现金美元（公司备用金） | 1宗 | 甲-02 | notes 绿 | notes=100x50 currency=USD seal | 财务室保险柜内，双人清点封存
        false   | cash       | 假币（百元面额） | 1张 | 甲-02 | notes 红 | notes=100x1? seal | 备用金中清点发现，无水印，经点钞机验明
        2× watch | valuables | 腕表（#号） | 1块 | 乙-03 | watch 金 | serial=表壳编号9R5580# value=128000 seal | 金色表壳，附原装表盒
        2× gold | valuables  | 投资金条（#号） | 1根 | 乙-03 | bars 金 | serial=AU99-10430# weight=100.00 value=60500 seal | 100 克，塑封完好
        porsche | vehicle    | 越野车（江Z·9S118） | 1辆 | 车-04 | car 白 | vin=WP1AG292*9LA01180 plate=江Z·9S118 mileage=41205 contents=行车记录仪一台 | 白色，右后轮毂剐蹭，钥匙 2 把
        benz    | vehicle    | 轿车（江Z·9S226） | 1辆 | 车-05 | car 黑 | vin=LE4WG4CB*9L002260 plate=江Z·9S226 mileage=67390 contents=无 | 黑色，车况完好，钥匙 1 把
        bag     | general    | 手提包 | 1只 | A-05 | handbag 棕 | value=21000 seal | 棕色皮质，金属件有磨损
      `,
    },
    {
      by: 'officer4',
      at: day(48, '11:40'),
      handedInAt: day(47, '09:40'),
      keeper: 'keeper3',
      from: '孙某',
      source: '江城市金桥大厦 21 层聚鑫财富公司档案室，依法搜查扣押',
      witness: '大厦物业经理黎某某',
      things: `
        5× contracts | document | 投资合同（第#箱） | 1箱 | 东卷-01 | carton 棕 | | 纸箱盛装，按业务员姓名排列
        3× ledgers | document | 财务账簿（第#箱） | 1箱 | 东卷-02 | carton 黄 | | 总账、明细账及凭证
        moving  | document   | 投资人名册 | 2册 | 东卷-02 | book 红 | | 精装，登记投资人 1,306 人
        moving  | document   | 银行回单 | 1箱 | 东卷-02 | carton 蓝 | | 按月装订
        came    | document   | 公司公章登记簿 | 1册 | 东A-01 | book 蓝 | | 含用印记录
        seals   | general    | 公司印章 | 5枚 | 东A-01 | counter 红 | seal | 公章、财务章、合同章、法人章、发票章
        flyers  | general    | 宣传册 | 400册 | 东A-02 | paper 橙 | | 彩色印刷，未拆封
      `,
    },
  ],
  acts: [
    deposited(
      ['cash'],
      { at: day(46, '10:30'), by: 'finance' },
      {
        no: '（演示）缴00417',
        amount: '86000',
        note: '清点后全额存入，缴款单附卷。',
      },
    ),
    dispatched(['came'], { at: day(30, '08:40'), by: 'keeper3' }, '涉案财物管理中心', 'keeper4'),
    arrived(['came'], { at: day(30, '10:10'), by: 'keeper' }, '卷-02', 'keeper4'),
    {
      at: day(33, '10:20'),
      by: 'keeper',
      step: 'seal.replace',
      groups: ['bag'],
      input: ({ things }) => ({ old: things[0]!.seal, new: 'JC9907-B1', reason: '配合价格认证开封查验后重新封存' }),
    },
    ...lent(['stick'], {
      by: 'officer4',
      askedAt: day(20, '09:00'),
      approvedAt: day(20, '10:00'),
      decider: 'head2',
      releasedAt: day(19, '09:00'),
      usedAt: day(19, '10:00'),
      dueAt: day(7, '18:00'),
      purpose: 'examination',
      reason: '送省厅电子物证实验室解密',
    }),
    ...lent(['laptop'], {
      by: 'officer3',
      askedAt: day(9, '09:00'),
      approvedAt: day(9, '11:00'),
      decider: 'head2',
      releasedAt: day(8, '09:20'),
      usedAt: day(8, '10:00'),
      dueAt: day(2, '18:00'),
      purpose: 'examination',
      reason: '送电子数据取证室固定财务数据',
    }),
    givenBack(['laptop'], {
      at: day(2, '16:10'),
      borrower: 'officer3',
      found: { seal: 'JC-待核-5526', note: '机身外观完好，但封条号与出库记录不一致。' },
    }),
    dispatched(['moving'], { at: ago(3), by: 'keeper3' }, '涉案财物管理中心', 'keeper2'),
    ...lent(['porsche'], {
      by: 'officer3',
      askedAt: ago(4),
      usedAt: ahead(24),
      dueAt: ahead(52),
      purpose: 'identification',
      reason: '委托价格认证中心现场评估车辆现值，由拖车运送',
    }),
  ],
})
