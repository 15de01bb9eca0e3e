// Registers a seizure: its case and decision once, its items as rows with photographs; then prints their labels.

import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type FormEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { StepAnswer } from '../../server/contract/steps.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import { newId } from '../data/new-id.ts'
import { ProblemError } from '../data/request.ts'
import { useMe } from '../data/session.ts'
import { useTwins } from '../data/use-twins.ts'
import { checked, type Fault, type Faults, serverFaults } from '../steps/checked.ts'
import { useDraft } from '../steps/draft.ts'
import { Shaped } from '../steps/fields/shaped.tsx'
import { FormContext, type FormState } from '../steps/form-context.ts'
import { type Field, shapeOf } from '../steps/shape.ts'
import { useCommand } from '../steps/use-command.ts'
import { valueAt, withValue } from '../steps/value.ts'
import { Verdict } from '../steps/verdict.tsx'
import { WithScanner } from '../steps/with-scanner.tsx'
import { saidOf } from '../ui/said.ts'
import { useWords } from '../ui/words.ts'
import { Common } from './register/common.tsx'
import { type ItemDraft, inputOf, nextLine, placed, type SeizureDraft, withCommon } from './register/draft.ts'
import { FaultList, focusField } from './register/fault-list.tsx'
import { ItemRows } from './register/item-rows.tsx'
import { Paste } from './register/paste.tsx'
import { Registered } from './register/registered.tsx'
import { classFaults, lineFaults, type Say, saidAt } from './register/row-faults.ts'
import { useRowsState } from './register/rows-state.ts'
import { identifiersIn, toldIn } from './register/told.ts'
import './register/register.css'

const STEP = 'intake.register'
/** With more rows than that all are closed at first. */
const FEW_ROWS = 3

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
  const { items, common, measure } = draft.value
  const rows = useRowsState(items.length > FEW_ROWS ? [] : items.map((_, index) => index))
  const told = toldIn(items, useTwins(identifiersIn(items).flat()))
  const say: Say = useCallback((code, params) => words.refusalText({ code, params }), [words])

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

  /** What a row still lacks, whatever the others say. */
  const lackingIn = useCallback(
    (item: ItemDraft): Faults => {
      const whole = { measure, common, items: [item] }
      const found = placed(checked(schema, inputOf(whole)).faults, [item])
      const own = Object.entries(found).filter(([key]) => key.startsWith('items.0.'))
      return { ...classFaults(inputOf(whole).items[0]!, 0, say), ...Object.fromEntries(own) }
    },
    [schema, common, measure, say],
  )
  const unfinished = (list: readonly ItemDraft[]) =>
    list.flatMap((item, index) => (Object.keys(lackingIn(item)).length > 0 ? [index] : []))

  const add = (more: ItemDraft[]) => {
    const kept = items.filter(({ name }, at) => name || at > 0 || more.length === 1)
    const next = [...kept, ...more]
    change(['items'], next)
    // What is complete folds away; of many new rows none is unfolded.
    const open = more.length === 1 ? [...unfinished(kept), next.length - 1] : []
    rows.show(open.slice(-FEW_ROWS))
    if (more.length === 1) goTo(['items', next.length - 1, 'name'])
  }
  const goTo = (path: readonly PropertyKey[]) =>
    window.requestAnimationFrame(() => window.requestAnimationFrame(() => focusField(form.current, path)))
  const follow = ({ path }: Pick<Fault, 'path'>) => {
    const index = Number(path[1])
    if (path[0] === 'items' && !rows.isOpen(index)) rows.toggle(index)
    goTo(path)
  }
  const remove = (index: number) => {
    change(['items'], items.toSpliced(index, 1))
    rows.removed(index)
  }
  /** Says in these rows what is said above for all. */
  const give = (indexes: readonly number[]) =>
    change(
      ['items'],
      items.map((item, index) => (indexes.includes(index) ? withCommon(item, common ?? {}) : item)),
    )

  const faultsIn = (): { input: Record<string, unknown>; found: Faults } => {
    const said = inputOf(draft.value)
    const { input, faults: found } = checked(schema, said)
    const no = String((draft.value.document as { no?: string } | undefined)?.no ?? '')
    const unconfirmed = told.flatMap((each, index) =>
      each[0] && items[index]?.knownTwins !== true
        ? [[`items.${index}.knownTwins`, saidAt(['items', index, 'knownTwins'], say(each[0].code, each[0].params))]]
        : [],
    )
    const ofClasses = said.items.map((item, index) => classFaults(item, index, say))
    const all = {
      ...Object.assign({}, ...ofClasses),
      ...lineFaults(items, no, say),
      ...Object.fromEntries(unconfirmed),
    }
    return { input, found: inOrder({ ...placed(all, items), ...placed(found, items) }) }
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const { input, found } = faultsIn()
    setFaults(found)
    const [first] = Object.values(found)
    if (first) {
      follow(first)
      return
    }
    const answer = await send({ step: STEP, commandId: draft.commandId, items: [], input }, [])
    if (!answer) return
    clearDraft()
    onDone(answer)
  }

  const error = state.phase === 'refused' ? state.error : undefined
  useEffect(() => {
    if (!(error instanceof ProblemError)) return
    const { code, errors } = error.problem
    if (code === 'command.reused') setDraft((before) => ({ ...before, commandId: newId() }))
    if (errors) setFaults(serverFaults(errors))
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
      <FaultList
        step={STEP}
        faults={faults}
        lineOf={(index) => String(items[index]?.line ?? index + 1)}
        onFollow={follow}
      />
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
        <Common
          fields={itemFields}
          chosen={rows.chosen.length}
          all={items.length}
          onGive={(toAll) => give(toAll ? items.map((_, index) => index) : rows.chosen)}
        />
        <section className="panel">
          <h2>{t('screens:register.items', { count: items.length })}</h2>
          <ItemRows fields={itemFields} rows={rows} told={told} lackingIn={lackingIn} onAdd={add} onRemove={remove} />
          <div className="register-add">
            <Button
              icon={<PlusOutlined />}
              disabled={busy}
              onClick={() => add([{ line: nextLine(items), quantity: '1' }])}
            >
              {t('screens:register.add')}
            </Button>
          </div>
          <Paste
            items={items}
            onAdd={add}
            faultsOf={(item) =>
              Object.entries(lackingIn(item))
                .filter(([key]) => key !== 'items.0.photos')
                .map(([key, fault]) => {
                  const field = words.fieldName(STEP, key.replace('items.0.', 'items.'))
                  return fault.said ?? `${field}${t('words:colon')}${words.faultText(fault, STEP)}`
                })
            }
          />
        </section>
      </FormContext.Provider>
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

/** As the fields stand on the page: the head, what is common, then row by row. */
function inOrder(faults: Faults): Faults {
  const rank = ([key]: [string, Fault]) => {
    const [first, index] = key.split('.')
    return first === 'items' ? 2 + Number(index ?? 0) : first === 'common' ? 1 : 0
  }
  return Object.fromEntries(Object.entries(faults).sort((one, other) => rank(one) - rank(other)))
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
