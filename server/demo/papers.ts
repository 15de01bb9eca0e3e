// Papers of the demonstration as PDF: proofs of title, what disposals rest on, and their report.

import PDFDocument from 'pdfkit'
import { fontBytes } from '../documents/fonts.ts'

type Paper = { by: string; title: string; lines: string[] }

/** By the name that acts use. */
export const papers: Record<string, Paper> = {
  购车发票: {
    by: 'officer',
    title: '电动自行车购买凭证（演示）',
    lines: [
      '购买人：丁某某',
      '品名：两轮电动自行车 1 辆',
      '价税合计：叁仟贰佰捌拾元整',
      '整车编码与扣押清单所载一致，已核对原件。',
    ],
  },
  首饰质保单: {
    by: 'officer',
    title: '首饰质量保证单（演示）',
    lines: ['购买人：蒋某某', '品名：足金项链 1 条', '金重：18.42 克', '与被盗物品特征一致，已由被害人混合辨认。'],
  },
  银行转账凭证: {
    by: 'officer2',
    title: '银行转账电子回单（演示）',
    lines: ['付款人：蒋某某', '金额：肆万叁仟捌佰元整', '收款账户系涉案银行卡，与被害人陈述、银行流水一致。'],
  },
  鉴定意见: {
    by: 'officer',
    title: '检验检材消耗说明（演示）',
    lines: ['委托单位：江城市公安局', '检验消耗量：0.50 克', '剩余检材已重新封装并返还委托单位。'],
  },
  处置笔录: {
    by: 'keeper',
    title: '涉案财物处置笔录（演示）',
    lines: [
      '处置经过全程录音录像。',
      '处置前逐件核对编码、数量、封条，账实相符。',
      '保管员二人、监督人一人在场并签字。',
    ],
  },
  处置决定: {
    by: 'officer',
    title: '涉案财物处置决定（演示）',
    lines: ['决定机关：江城市公安局', '依法对所列涉案财物作出处理，当事人已签收。'],
  },
  变卖同意书: {
    by: 'officer',
    title: '先行变卖同意书（演示）',
    lines: ['权利人同意将易腐烂变质物品先行变卖，变卖款依法保管。', '权利人签名：贺某某'],
  },
  异常处理意见: {
    by: 'storehead',
    title: '涉案财物异常情况调查意见（演示）',
    lines: ['经调阅监控及交接记录，核实异常原因。', '涉案财物管理部门与督察部门共同认定。'],
  },
}

/** The same bytes each time, since the day is fixed. */
export function paperOf(name: string): Promise<Buffer> {
  const { title, lines } = papers[name]!
  const paper = new PDFDocument({ size: 'A4', margin: 72, info: { Title: title, CreationDate: new Date(0) } })
  const bytes = new Promise<Buffer>((resolve, reject) => {
    const parts: Buffer[] = []
    paper.on('data', (part: Buffer) => parts.push(part))
    paper.on('end', () => resolve(Buffer.concat(parts)))
    paper.on('error', reject)
  })
  paper.registerFont('regular', fontBytes('regular')).font('regular')
  paper.fontSize(20).text(title, { align: 'center' }).moveDown(2)
  paper.fontSize(12)
  for (const line of lines) paper.text(line).moveDown()
  paper.moveDown(2).fontSize(9).fillColor('#777777').text('本文件由演示程序生成，所涉人员、单位、文号均为虚构。')
  paper.end()
  return bytes
}
