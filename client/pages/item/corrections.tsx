// Corrections on the chain: old and new value at the correction and at the entry it corrects, and the way to make one.

import { ArrowRightOutlined, CloseOutlined, EditOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { Fragment, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../../server/contract/cards.ts'
import type { ChainEntry } from '../../../server/contract/movements.ts'
import { catalogue } from '../../../server/custody/catalogue.ts'
import type { Signer } from '../../../server/custody/define.ts'
import { isVoid } from '../../../server/custody/item.ts'
import { described, fieldsOf } from '../../../server/custody/procedures/correction/fields.ts'
import { useHasRole } from '../../data/session.ts'
import { useOfferedSteps } from '../../data/use-offered-steps.ts'
import { StepForm } from '../../steps/step-form.tsx'
import { valueAt } from '../../steps/value.ts'
import { useWords } from '../../ui/words.ts'
import { useFieldWords } from './field-lines.tsx'
import { linesOf, stepOfWords } from './fields-of-entry.ts'
import type { Episode } from './history.ts'

const facts = ['CorrectionNoted', 'FieldCorrected', 'CorrectionAsked']

type Said = { position: number; field: string; was?: unknown; right?: unknown; reason: string }
type Props = { entry: ChainEntry; history: Episode[] }

export const isCorrection = ({ fact }: ChainEntry): boolean => facts.includes(fact)

const saidIn = ({ data }: ChainEntry): Said => data as Said

const isDescription = (entry: ChainEntry): boolean =>
  fieldsOf(entry.fact, catalogue.steps[entry.step]?.input) === described

/** What the field of an entry said before: as the correction has it, or else as the entry itself does. */
const wasOf = ({ was, field }: Said, of: ChainEntry | undefined): unknown =>
  was ?? (of && !isDescription(of) ? valueAt(of.data, field.split('.')) : undefined)

/** Old → new, in the words of the entry that is corrected. */
function OldAndNew({ said, of }: { said: Said; of: ChainEntry | undefined }) {
  const { t } = useTranslation('screens-chain')
  const step = of ? stepOfWords(of) : 'intake.register'
  const { nameFor, said: read } = useFieldWords(step)
  const path = !of || isDescription(of) ? pathOf(said.field) : said.field
  const shown = (value: unknown): ReactNode => {
    const lines = value === null || value === undefined ? [] : linesOf({ value }, `${path}.`)
    if (lines.length === 0) return t('corrected.nothing')
    return lines.flatMap(({ values, path: at }) =>
      values.map((each, index) => (
        <Fragment key={`${at} ${String(each)}`}>
          {index > 0 && t('listSeparator')}
          {read(at.replace(/\.value/, ''), each)}{' '}
        </Fragment>
      )),
    )
  }
  return (
    <span className="corrected">
      {nameFor(path)}
      {': '}
      <del>{shown(wasOf(said, of))}</del> <ArrowRightOutlined aria-label={t('entry.to')} /> <b>{shown(said.right)}</b>
    </span>
  )
}

/** A registered item says by itself what the list said of it in a line. */
const pathOf = (field: string): string => (field.startsWith('document.') ? field : `items.${field}`)

/** What a correction says, with the way to the entry that it corrects. */
export function CorrectionSaid({ entry, history }: Props) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const said = saidIn(entry)
  const of = history.find((each) => each.entry.position === said.position)?.entry
  return (
    <>
      <p>
        <OldAndNew said={said} of={of} />
      </p>
      <p className="quiet">
        {said.reason} ·{' '}
        <a href={`#entry-${said.position}`}>
          {t('corrected.of', { fact: of && words.factName(of.fact), position: said.position })}
        </a>
      </p>
    </>
  )
}

/** At the entry that was wrong: what was corrected in it since. */
export function CorrectedBy({ entry, history }: Props) {
  const { t } = useTranslation('screens-chain')
  const later = history
    .map((each) => each.entry)
    .filter((each) => isCorrection(each) && saidIn(each).position === entry.position)
  return later.map((each) => (
    <p key={each.position} className="corrected-by">
      <OldAndNew said={saidIn(each)} of={entry} />{' '}
      <a href={`#entry-${each.position}`}>
        {t(each.fact === 'CorrectionAsked' ? 'corrected.asked' : 'corrected.by', { position: each.position })}
      </a>
    </p>
  ))
}

/** The form of a correction, opened from the entry that is wrong. */
export function CorrectEntry({ item, entry }: { item: Card; entry: ChainEntry }) {
  const { t } = useTranslation('screens-chain')
  const [open, setOpen] = useState(false)
  const mayTake = useHasRole(...catalogue.steps['correction.note']!.by)
  const fields = fieldsOf(entry.fact, catalogue.steps[entry.step]?.input)
  if (!mayTake || isVoid(item) || Object.keys(fields).length === 0) return null
  return (
    <>
      <Button type="link" size="small" icon={<EditOutlined />} onClick={() => setOpen(true)}>
        {t('corrected.correct')}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        size={520}
        className="step-drawer"
        title={<h2>{t('corrected.correct')}</h2>}
        closeIcon={<CloseOutlined aria-label={t('screens:close')} />}
        destroyOnHidden
      >
        <CorrectForm item={item} position={entry.position} onClose={() => setOpen(false)} />
      </Drawer>
    </>
  )
}

function CorrectForm({ item, position, onClose }: { item: Card; position: number; onClose: () => void }) {
  const { data } = useOfferedSteps([item.code])
  const words = useWords()
  const offered = data?.find(({ step }) => step === 'correction.note')
  if (!offered) return null
  if (!offered.possible && offered.refusal) return <p>{words.refusalText(offered.refusal)}</p>
  return (
    <StepForm
      step="correction.note"
      items={[item]}
      signers={offered.signers as Signer[]}
      given={{ position }}
      hidden={['position', 'hash']}
      draftName={String(position)}
      onCancel={onClose}
      onDone={onClose}
    />
  )
}
