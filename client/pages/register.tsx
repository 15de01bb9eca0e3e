// Registers a seizure: its case and decision once, its items as rows with photographs; then prints their labels.

import { PlusOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type FormEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { StepAnswer } from '../../server/contract/steps.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import { itemClasses } from '../../server/custody/classes.ts'
import { newId } from '../data/new-id.ts'
import { labelsOf } from '../data/papers.ts'
import { ProblemError } from '../data/request.ts'
import { useMe } from '../data/session.ts'
import { checked, type Faults } from '../steps/checked.ts'
import { useDraft } from '../steps/draft.ts'
import { Shaped } from '../steps/fields/shaped.tsx'
import { FormContext, type FormState } from '../steps/form-context.ts'
import { usePrinting } from '../steps/printing.tsx'
import { type Field, shapeOf } from '../steps/shape.ts'
import { useCommand } from '../steps/use-command.ts'
import { valueAt, withValue } from '../steps/value.ts'
import { Verdict } from '../steps/verdict.tsx'
import { WithScanner } from '../steps/with-scanner.tsx'
import { Code } from '../ui/code.tsx'
import { saidOf } from '../ui/said.ts'
import { useWords } from '../ui/words.ts'
import { commonFields, type ItemDraft, inputOf, nextLine, placed, type SeizureDraft } from './register/draft.ts'
import { ItemRows } from './register/item-rows.tsx'
import { itemsFromPaste } from './register/pasted.ts'
import './register/register.css'

const STEP = 'intake.register'

export default function Register() {
  const [answer, setAnswer] = useState<StepAnswer>()
  if (answer) return <Registered answer={answer} onMore={() => setAnswer(undefined)} />
  return (
    <WithScanner>
      <SeizureForm onDone={setAnswer} />
    </WithScanner>
  )
}

const blank = (): SeizureDraft => ({
  value: { measure: 'seize', items: [{ line: '1', quantity: '1' }] },
  commandId: newId(),
})

function SeizureForm({ onDone }: { onDone: (answer: StepAnswer) => void }) {
  const { t } = useTranslation()
  const words = useWords()
  const { login } = useMe()
  const form = useRef<HTMLFormElement>(null)
  const schema = catalogue.steps[STEP]!.input
  const { head, itemFields } = useMemo(() => partsOf(schema), [schema])
  const [draft, setDraft, clearDraft] = useDraft<SeizureDraft>(`${login} ${STEP}`, blank)
  const [faults, setFaults] = useState<Faults>({})
  const { state, send, reset } = useCommand()
  const busy = state.phase === 'busy'
  const { items } = draft.value

  const change: FormState['change'] = useCallback(
    (path, next) => {
      setDraft((before) => {
        const value = typeof next === 'function' ? next(valueAt(before.value, path)) : next
        return { ...before, value: withValue(before.value, path, value) as SeizureDraft['value'] }
      })
      setFaults((before) =>
        Object.fromEntries(Object.entries(before).filter(([key]) => !key.startsWith(path.join('.')))),
      )
      reset()
    },
    [setDraft, reset],
  )
  // A case's page leads here; what was being written for another case is not touched.
  const [search, setSearch] = useSearchParams()
  const ofCase = search.get('case')
  useEffect(() => {
    if (!ofCase) return
    if (!draft.value.caseNo) change(['caseNo'], ofCase)
    setSearch({}, { replace: true })
  }, [ofCase, draft.value.caseNo, change, setSearch])
  const add = (more: ItemDraft[]) =>
    change(['items'], [...items.filter(({ name }, at) => name || at > 0 || more.length === 1), ...more])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const { input, faults: found } = checked(schema, inputOf(draft.value))
    setFaults(placed(found, items))
    if (Object.keys(found).length > 0) {
      window.requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    const answer = await send({ step: STEP, commandId: draft.commandId, items: [], input }, [])
    if (!answer) return
    clearDraft()
    onDone(answer)
  }

  const error = state.phase === 'refused' ? state.error : undefined
  useEffect(() => {
    if (error instanceof ProblemError && error.problem.code === 'command.reused')
      setDraft((before) => ({ ...before, commandId: newId() }))
  }, [error, setDraft])

  const context: FormState = { step: STEP, items: [], value: draft.value, faults, change, disabled: busy }
  return (
    <form ref={form} className="page register" onSubmit={submit} noValidate>
      <div className="page-head">
        <h1>{t('screens:register.title')}</h1>
        <Button disabled={busy} onClick={clearDraft}>
          {t('screens:register.startAnew')}
        </Button>
      </div>
      <FormContext.Provider value={context}>
        <section className="panel">
          <h2>{t('screens:register.basis')}</h2>
          <div className="fields">
            {head.map((field) => (
              <Shaped key={field.name} field={field} path={[field.name]} />
            ))}
          </div>
          <Exception schema={schema} />
        </section>
        <section className="panel register-common">
          <h2>{t('screens:register.common')}</h2>
          <p className="quiet register-hint">{t('screens:register.commonHint')}</p>
          <div className="fields">
            {commonFields.map((name) => {
              const field = itemFields.find((each) => each.name === name)
              return field && <Shaped key={name} field={field} path={['common', name]} />
            })}
          </div>
        </section>
        <section className="panel">
          <h2>{t('screens:register.items', { count: items.length })}</h2>
          <ItemRows fields={itemFields} />
          <div className="register-add">
            <Button
              icon={<PlusOutlined />}
              disabled={busy}
              onClick={() => add([{ line: nextLine(items), quantity: '1' }])}
            >
              {t('screens:register.add')}
            </Button>
          </div>
          <Paste items={items} onAdd={add} />
        </section>
      </FormContext.Provider>
      {Object.keys(faults).length > 0 && <Verdict kind="refused" title={t('screens:form.faults')} />}
      {error !== undefined && <Verdict kind="refused" title={words.refusalText(saidOf(error))} />}
      {state.phase === 'unreached' && <Verdict kind="warn" title={words.refusalText(saidOf(state.error))} />}
      <div className="register-send">
        <Button type="primary" size="large" htmlType="submit" loading={busy}>
          {state.phase === 'unreached' ? t('screens:retry') : t('screens:register.send', { count: items.length })}
        </Button>
        <span className="quiet">{t('screens:register.draftKept')}</span>
      </div>
    </form>
  )
}

/** The fields of the head and those of an item, read off the step's schema. */
function partsOf(schema: Parameters<typeof shapeOf>[0]): { head: Field[]; itemFields: Field[] } {
  const shape = shapeOf(schema)
  if (shape.type !== 'object') throw new Error(`${STEP} asks for no object`)
  const items = shape.fields.find(({ name }) => name === 'items')?.shape
  if (items?.type !== 'list' || items.element.type !== 'object') throw new Error(`${STEP} asks for no items`)
  return {
    head: ['caseNo', 'measure', 'document'].flatMap((name) => shape.fields.find((field) => field.name === name) ?? []),
    itemFields: items.element.fields,
  }
}

/** Only for things extracted before the case was accepted. */
function Exception({ schema }: { schema: Parameters<typeof shapeOf>[0] }) {
  const { t } = useTranslation()
  const shape = shapeOf(schema)
  const field = shape.type === 'object' ? shape.fields.find(({ name }) => name === 'exception') : undefined
  if (!field) return null
  return (
    <details className="fields-more">
      <summary>{t('screens:register.exception')}</summary>
      <div className="fields">
        <Shaped field={field} path={['exception']} />
      </div>
    </details>
  )
}

function Paste({ items, onAdd }: { items: ItemDraft[]; onAdd: (more: ItemDraft[]) => void }) {
  const { t } = useTranslation()
  const words = useWords()
  const [text, setText] = useState('')
  const classNamed = (word: string) => itemClasses.find((each) => words.className(each) === word)
  const found = itemsFromPaste(text, items, classNamed)
  return (
    <details className="fields-more">
      <summary>{t('screens:register.paste')}</summary>
      <p className="quiet register-hint" id="paste-hint">
        {t('screens:register.pasteHint')}
      </p>
      <Input.TextArea
        aria-label={t('screens:register.paste')}
        aria-describedby="paste-hint"
        className="grows"
        rows={3}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="register-add">
        <Button
          disabled={found.length === 0}
          onClick={() => {
            onAdd(found)
            setText('')
          }}
        >
          {t('screens:register.pasteAdd', { count: found.length })}
        </Button>
      </div>
    </details>
  )
}

function Registered({ answer, onMore }: { answer: StepAnswer; onMore: () => void }) {
  const { t } = useTranslation()
  const { items } = answer
  const codes = items.map(({ code }) => code)
  const { print, warning } = usePrinting()
  return (
    <div className="page register">
      <h1>{t('screens:register.title')}</h1>
      <Verdict kind="ok" title={t('screens:register.done', { count: items.length })}>
        <p>{t('screens:register.doneHint')}</p>
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
