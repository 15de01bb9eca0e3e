// What was registered: its labels to print, and until when it is handed in.

import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { StepAnswer } from '../../../server/contract/steps.ts'
import { labelsOf } from '../../data/papers.ts'
import { usePrinting } from '../../steps/printing.tsx'
import { Verdict } from '../../steps/verdict.tsx'
import { Code } from '../../ui/code.tsx'
import { Time } from '../../ui/time.tsx'

export function Registered({ answer, onMore }: { answer: StepAnswer; onMore: () => void }) {
  const { t } = useTranslation()
  const { items } = answer
  const codes = items.map(({ code }) => code)
  const { print, warning } = usePrinting()
  const [due] = items
    .filter(({ custody }) => custody.state === 'with-officer')
    .flatMap(({ clocks }) => clocks.filter(({ deadline }) => deadline === 'D01').map(({ at }) => at))
    .sort()
  return (
    <div className="page register">
      <h1>{t('screens:register.title')}</h1>
      <Verdict kind="ok" title={t('screens:register.done', { count: items.length })}>
        <p>{t('screens:register.doneHint')}</p>
        {due && (
          <p>
            {t('screens:register.handIn')} <Time at={due} />
          </p>
        )}
      </Verdict>
      {warning}
      <div className="register-send">
        <Button type="primary" size="large" icon={<PrinterOutlined />} onClick={() => print(labelsOf(codes))} autoFocus>
          {t('screens:register.print', { count: items.length })}
        </Button>
        <Button size="large" onClick={() => print(labelsOf(codes, 'pdf', 'a4'))}>
          {t('screens:register.printA4')}
        </Button>
        <Button size="large" onClick={onMore}>
          {t('screens:register.more')}
        </Button>
      </div>
      <section className="panel">
        <ol className="row-list">
          {items.map((item) => (
            <li key={item.code} className="registered-item">
              <span>
                {item.line}. <Link to={`/items/${item.code}`}>{item.name}</Link>
              </span>
              <Code code={item.code} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
