// Guns, judged and back with the police for execution: every stage of a disposal, from proposed to destroyed.

import {
  accepted,
  disposalApproved,
  disposalProposed,
  disposalReviewed,
  endorsed,
  executed,
  offered,
  recorded,
  staged,
} from '../acts.ts'
import type { StoryTeller } from '../story.ts'
import { dateOf } from '../times.ts'

const forfeited = ['pistol', 'long', 'rounds', 'powder', 'primers', 'blades']
const all = [...forfeited, 'papers', 'phone']

export const guns: StoryTeller = ({ day, ago }) => {
  const judgment = { kind: 'judgment', no: '（演示）江刑初0033号', date: dateOf(day(14, '09:00')) }
  const destroy = (at: string, reason: string) => ({ at, by: 'storehead', kind: 'destroy', basis: judgment, reason })
  return {
    key: 'guns',
    title: '吴某非法持有枪支、弹药案',
    kind: 'criminal',
    unit: 'crim',
    officers: ['officer', 'officer2'],
    acceptedAt: day(60, '07:50'),
    seizures: [
      {
        by: 'officer',
        at: day(60, '11:30'),
        handedInAt: day(60, '17:45'),
        from: '吴某',
        source: '江城市青石镇吴家村吴某住宅阁楼，依法搜查扣押',
        witness: '村民委员会主任吴某某',
        things: `
          pistol  | firearms  | 仿制式手枪 | 1支 | 枪-01 | pistol 黑 | serial=无枪号·涉枪9901 calibre=7.62毫米 rounds=0 seal | 枪身发蓝处理，握把缠布，已验枪
          long    | firearms  | 双管猎枪 | 1支 | 枪-02 | rifle 褐 | serial=涉枪9902 calibre=12号 rounds=0 seal | 木质枪托有裂纹，已验枪
          long    | firearms  | 气枪 | 1支 | 枪-02 | rifle 黑 | serial=涉枪9903 calibre=4.5毫米 rounds=0 seal | 带瞄准镜，高压气瓶已排空，已验枪
          rounds  | firearms  | 猎枪弹 | 26发 | 枪-03 | cartridges 红 | serial=批号9904 calibre=12号 rounds=26 seal | 红色塑料弹壳，底火完好
          rounds  | firearms  | 手枪弹 | 9发 | 枪-03 | cartridges 铜 | serial=批号9905 calibre=7.62毫米 rounds=9 seal | 铜质弹壳，表面氧化
          powder  | hazardous | 黑火药 | 1罐 | 危-01 | can 绿 | weight=820 seal | 铁罐盛装，称重 820 克，单独存放
          primers | hazardous | 底火 | 60枚 | 危-02 | cartridges 金 | seal | 纸盒盛装，分格放置
          blades  | general   | 管制刀具 | 2把 | A-03 | knife 银 | seal | 单刃，刃长 22 厘米，带血槽
          papers  | document  | 手绘图纸 | 6张 | 卷-01 | paper 灰 | | 枪支零件草图，铅笔绘制
          phone   | electronic | 荣耀 X40 手机 | 1部 | 磁-02 | phone 绿 | imei=86990109 seal | 绿色，已装入屏蔽袋
        `,
      },
    ],
    acts: [
      offered(all, {
        at: day(45, '10:00'),
        by: 'officer',
        to: 'proc',
        stage: 'prosecution',
        document: { kind: '起诉意见书', no: '江公(刑)诉字〔演示〕0085号' },
        proposal: '枪支弹药建议依法没收销毁',
      }),
      endorsed(all, { at: day(44, '09:30'), by: 'legal' }),
      accepted(all, { at: day(43, '10:00'), by: 'procurator' }),
      offered(all, {
        at: day(32, '14:00'),
        by: 'procurator2',
        to: 'court',
        stage: 'trial',
        document: { kind: '起诉书', no: '江检刑诉〔演示〕0060号' },
        proposal: '建议判决没收，由公安机关销毁',
      }),
      accepted(all, { at: day(31, '09:20'), by: 'judge' }),
      recorded({ at: day(13, '09:00'), by: 'officer' }, 'judgment-effective', { kind: '刑事判决书', no: judgment.no }),
      offered(forfeited, {
        at: day(12, '15:00'),
        by: 'judge',
        to: 'psb',
        stage: 'execution',
        document: { kind: '执行通知书', no: '（演示）江刑执0033号' },
        proposal: '判决生效，交公安机关依法销毁',
      }),
      accepted(forfeited, { at: day(11, '10:30'), by: 'legal2' }),
      disposalProposed(['powder'], destroy(day(10, '09:00'), '判决没收，属爆炸危险品，依法销毁')),
      disposalReviewed(['powder'], { at: day(10, '14:00'), by: 'legal' }),
      disposalApproved(['powder'], { at: day(9, '10:00'), by: 'leader' }),
      staged(['powder'], { at: day(8, '08:40'), by: 'keeper' }, '待处置专柜'),
      executed(['powder'], {
        at: day(8, '14:20'),
        by: 'keeper',
        method: '水浸失效后焚烧',
        site: '江城市民爆物品销毁场',
        weight: '820',
      }),
      disposalProposed(['long'], destroy(day(9, '09:30'), '判决没收，枪支依法送交熔毁')),
      disposalReviewed(['long'], { at: day(8, '15:30'), by: 'legal' }),
      disposalApproved(['long'], { at: day(6, '11:00'), by: 'leader' }, { provincialNo: '江省公治枪销〔演示〕017号' }),
      staged(['long'], { at: day(5, '09:00'), by: 'keeper' }, '待处置专柜'),
      disposalProposed(['blades'], destroy(day(7, '10:00'), '管制刀具，判决没收销毁')),
      disposalReviewed(['blades'], { at: day(6, '10:00'), by: 'legal' }),
      disposalApproved(['blades'], { at: day(3, '16:00'), by: 'leader2' }),
      disposalProposed(['rounds'], destroy(day(4, '09:00'), '判决没收，弹药依法销毁')),
      disposalReviewed(['rounds'], { at: day(2, '15:00'), by: 'legal2' }),
      disposalProposed(['pistol', 'primers'], destroy(ago(8), '判决没收，拟与省厅集中销毁批次一并送交')),
    ],
  }
}
