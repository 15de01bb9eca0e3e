// Robbed tombs: relics that go to the heritage authority, one of them already there.

import { disposalApproved, disposalProposed, disposalReviewed, executed, givenBack, lent } from '../acts.ts'
import type { StoryTeller } from '../story.ts'
import { dateOf } from '../times.ts'

export const tomb: StoryTeller = ({ day }) => {
  const basis = { kind: 'decision', no: '江文物移〔演示〕0008号', date: dateOf(day(21, '09:00')) }
  const toAuthority = {
    by: 'officer',
    kind: 'hand-to-authority',
    basis,
    reason: '经鉴定为国家三级以上文物，依法移交文物主管部门',
  }
  return {
    key: 'tomb',
    title: '马某等人盗掘古墓葬案',
    kind: 'criminal',
    unit: 'crim',
    officers: ['officer', 'officer2'],
    acceptedAt: day(54, '03:40'),
    seizures: [
      {
        by: 'officer',
        at: day(54, '06:30'),
        handedInAt: day(54, '15:30'),
        from: '马某',
        source: '江城市凤凰岭东坡盗洞现场及作案车辆内查获',
        witness: '护林员阮某',
        things: `
          given  | relic    | 青铜镜 | 1面 | 乙-04 | mirror 青 | weight=412.60 seal | 四乳纹，直径约 13 厘米，边缘残缺一处
          jars   | relic    | 灰陶罐 | 1件 | 乙-04 | jar 灰 | seal | 高约 24 厘米，口沿有磕，附着泥土未清洗
          jars   | relic    | 青瓷碗 | 1件 | 乙-04 | bowl 青 | seal | 口径约 15 厘米，釉面开片，一道冲线
          jade   | relic    | 谷纹玉璧 | 1件 | 乙-04 | disc 绿 | weight=236.10 seal | 外径约 11 厘米，局部沁色
          coins  | relic    | 铜钱 | 37枚 | 乙-04 | coins 铜 | weight=121.40 seal | 锈结成串，未分离
          spades | general  | 洛阳铲 | 2把 | A-06 | spade 银 | | 分节螺纹连接，铲头带泥
          radios | general  | 对讲机 | 4部 | A-06 | radio 黑 | serial=频段锁定439.5 | 附充电座
          finder | electronic | 金属探测仪 | 1台 | 磁-05 | detector 黑 | serial=MD-9901-2207 seal | 探盘有划痕，电池已取出
          lamp   | general  | 头灯 | 3个 | A-06 | counter 绿 | | 充电式，橡胶带沾泥
          car    | vehicle  | 皮卡车（江Z·9M377） | 1辆 | 车-06 | van 绿 | vin=LJ11RBEB*99003770 plate=江Z·9M377 mileage=158204 contents=绳索两捆、发电机一台 | 墨绿色，货斗加装篷布
        `,
      },
    ],
    acts: [
      ...lent(['jars', 'jade', 'coins'], {
        by: 'officer2',
        askedAt: day(48, '09:00'),
        approvedAt: day(48, '10:00'),
        releasedAt: day(47, '10:30'),
        usedAt: day(47, '11:00'),
        dueAt: day(40, '18:00'),
        purpose: 'identification',
        reason: '送省文物鉴定站作等级鉴定，双人护送',
      }),
      givenBack(['jars', 'jade', 'coins'], { at: day(41, '17:00'), borrower: 'officer2' }),
      disposalProposed(['given'], { at: day(20, '09:00'), ...toAuthority }),
      disposalReviewed(['given'], { at: day(19, '10:00'), by: 'legal' }),
      disposalApproved(['given'], { at: day(18, '11:00'), by: 'leader' }),
      executed(['given'], {
        at: day(15, '10:30'),
        by: 'keeper',
        method: '现场查验后移交，双方签署移交清单',
        site: '江城市博物馆',
        vouchers: [{ kind: '文物移交清单', no: '（演示）江博收0006号' }],
      }),
      disposalProposed(['jars', 'jade'], { at: day(6, '09:00'), ...toAuthority }),
      disposalReviewed(['jars', 'jade'], { at: day(4, '10:00'), by: 'legal' }),
      disposalApproved(['jars', 'jade'], { at: day(2, '11:00'), by: 'leader' }),
    ],
  }
}
