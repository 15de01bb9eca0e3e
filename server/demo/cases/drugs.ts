// A drugs case that has gone to the procuratorate; a sample was used up by the laboratory.

import { accepted, endorsed, givenBack, lent, offered } from '../acts.ts'
import type { StoryTeller } from '../story.ts'

const all = ['ice', 'drugs', 'tools', 'phones', 'cash', 'car']

export const drugs: StoryTeller = ({ day, ago, ahead }) => ({
  key: 'drugs',
  title: '周某贩卖毒品案',
  kind: 'criminal',
  unit: 'crim',
  officers: ['officer2', 'officer'],
  acceptedAt: day(55, '22:15'),
  seizures: [
    {
      by: 'officer2',
      at: day(55, '23:40'),
      handedInAt: day(54, '10:30'),
      from: '周某',
      source: '江城市滨河路如归宾馆 806 房，当场搜查扣押',
      witness: '宾馆经理许某',
      things: `
        ice    | drugs     | 白色晶体（疑似甲基苯丙胺） | 1包 | 毒-01 | bags 白 | gross=52.36 net=50.12 packages=D-01 seal | 透明自封袋包装，袋口有胶带
        drugs  | drugs     | 白色晶体（疑似甲基苯丙胺） | 5小包 | 毒-01 | bags 白 | gross=6.85 net=4.90 packages=D-02-1,D-02-2,D-02-3,D-02-4,D-02-5 seal | 5 个小自封袋，单包约 1 克
        drugs  | drugs     | 红色片剂（疑似麻古） | 42片 | 毒-01 | pills 红 | gross=5.10 net=3.78 packages=D-03 seal | 片面有压印，气味明显
        drugs  | drugs     | 白色粉末（疑似氯胺酮） | 1包 | 毒-02 | bags 白 | gross=13.02 net=11.47 packages=D-04 seal | 细粉末，银色锡纸内层
        drugs  | drugs     | 褐色膏状物（疑似大麻膏） | 1块 | 毒-02 | bags 褐 | gross=21.90 net=20.35 packages=D-05 seal | 长方块状，保鲜膜缠绕
        tools  | general   | 电子秤 | 1台 | A-02 | scales 银 | seal | 秤盘有白色残留物，已提取
        tools  | general   | 自制吸食工具 | 2件 | A-02 | bottle 青 | seal | 塑料瓶改制，附吸管
        tools  | general   | 透明自封袋 | 120个 | A-02 | bags 白 | | 规格 4×6 厘米，未使用
        phones | electronic | 苹果 iPhone 13 手机 | 1部 | 磁-01 | phone 白 | imei=35990107 seal | 白色，背板有裂纹，已开飞行模式
        phones | electronic | 老年机 | 1部 | 磁-01 | phone 红 | imei=86990108 seal | 红色按键机，内有 SIM 卡 1 张
        cash   | cash      | 现金人民币（毒资） | 1宗 | 甲-01 | notes 红 | notes=100x186 seal | 床头柜抽屉内查获，双人清点封存
        car    | vehicle   | 轿车（江Z·9K225） | 1辆 | 车-02 | car 灰 | vin=LFV2A215*99002250 plate=江Z·9K225 mileage=132877 contents=后备厢有空行李箱一只 | 灰色三厢，前保险杠左侧划痕
      `,
    },
    {
      by: 'officer',
      at: day(52, '15:10'),
      handedInAt: day(52, '20:00'),
      from: '周某',
      source: '江城市滨河路 77 号出租屋，依法搜查扣押',
      witness: '房东瞿某',
      things: `
        hidden | drugs | 白色晶体（疑似甲基苯丙胺） | 3包 | 毒-03 | bags 白 | gross=148.70 net=144.25 packages=D-06-1,D-06-2,D-06-3 seal | 藏于马桶水箱内，三层密封
        hidden | drugs | 植物碎末（疑似大麻） | 1袋 | 毒-03 | bags 绿 | gross=36.40 net=33.95 packages=D-07 seal | 绿褐色，密封罐盛装
        books  | document | 记账纸条 | 14张 | 卷-01 | paper 黄 | | 手写代号、数量与金额
        phone2 | electronic | 诺基亚手机 | 1部 | 磁-01 | phone 蓝 | imei=35990117 seal | 备用联络机，电池已取出
      `,
    },
  ],
  acts: [
    ...lent(['ice'], {
      by: 'officer2',
      askedAt: day(54, '14:00'),
      approvedAt: day(54, '15:10'),
      releasedAt: day(53, '09:00'),
      usedAt: day(53, '10:00'),
      dueAt: day(50, '18:00'),
      purpose: 'examination',
      reason: '送市公安局刑科所作定性、含量检验',
    }),
    {
      ...givenBack(['ice'], { at: day(50, '15:40'), borrower: 'officer2' }),
      input: ({ things, placeOf, pictures }) => ({
        place: placeOf(things[0]!),
        condition: 'intact',
        photos: [pictures.counter('ice')],
        seal: things[0]!.seal,
        weight: '51.86',
        sampled: { used: '0.50', proof: pictures.paper('鉴定意见') },
        note: '检验消耗 0.50 克，附检材消耗说明。',
      }),
    },
    offered(all, {
      at: day(26, '10:00'),
      by: 'officer2',
      to: 'proc',
      stage: 'prosecution',
      document: { kind: '起诉意见书', no: '江公(刑)诉字〔演示〕0102号' },
      proposal: '毒品建议判决后销毁，其余作为物证随案移送',
    }),
    endorsed(all, { at: day(25, '11:20'), by: 'legal' }),
    accepted(all, { at: day(24, '09:40'), by: 'procurator' }),
    ...lent(['tools'], {
      by: 'procurator2',
      askedAt: ago(9),
      usedAt: ahead(20),
      dueAt: ahead(70),
      purpose: 'identification',
      reason: '审查起诉阶段组织犯罪嫌疑人辨认作案工具',
    }),
  ],
})
