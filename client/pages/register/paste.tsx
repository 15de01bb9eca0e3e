// Rows of a table that was copied: looked at before they join the list.

import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { itemClasses } from '../../../server/custody/classes.ts'
import { useWords } from '../../ui/words.ts'
import type { ItemDraft } from './draft.ts'
import { itemsFromPaste } from './pasted.ts'

type Props = {
  items: readonly ItemDraft[]
  /** What is wrong with a row, in words. */
  faultsOf: (item: ItemDraft) => string[]
  onAdd: (more: ItemDraft[]) => void
}

const shown = ['line', 'name', 'class', 'quantity', 'unit', 'features'] as const

export function Paste({ items, faultsOf, onAdd }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const [text, setText] = useState('')
  const { rows, strange } = itemsFromPaste(text, items, (word) =>
    itemClasses.find((each) => words.className(each) === word),
  )
  const faults = rows.map(({ item, strangeClass }) => [
    ...(strangeClass ? [t('screens:register.strangeClass', { word: strangeClass })] : []),
    ...faultsOf(item),
  ])
  const wrong = faults.filter((each) => each.length > 0).length
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
      {rows.length > 0 && (
        <>
          <p className="register-hint" role="status">
            {t('screens:register.pasted', { count: rows.length })}{' '}
            {wrong > 0 && t('screens:register.pastedWrong', { count: wrong })}{' '}
            {strange.length > 0 &&
              t('screens:register.strangeColumns', { columns: strange.join(t('words:listSeparator')) })}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
          <section className="paste-preview" tabIndex={0} aria-label={t('screens:register.preview')}>
            <table>
              <thead>
                <tr>
                  {shown.map((name) => (
                    <th key={name}>{words.fieldName('intake.register', `items.${name}`)}</th>
                  ))}
                  <th>{t('screens:register.stillNeeded')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ item }, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a pasted row has no name but its place
                  <tr key={index} className={faults[index]!.length > 0 ? 'paste-wrong' : undefined}>
                    {shown.map((name) => (
                      <td key={name}>
                        {name === 'class' ? words.className(String(item.class)) : String(item[name] ?? '')}
                      </td>
                    ))}
                    <td>{faults[index]!.join(' ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
      <div className="register-add">
        <Button
          disabled={rows.length === 0}
          onClick={() => {
            onAdd(rows.map(({ item }) => item))
            setText('')
          }}
        >
          {t('screens:register.pasteAdd', { count: rows.length })}
        </Button>
      </div>
    </details>
  )
}
