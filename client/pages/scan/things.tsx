// What a scan brought up: the thing itself in big letters, the things collected, a place, a docket, a person.

import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Card, DocketCard, PersonCard, PlaceCard } from '../../../server/contract/cards.ts'
import { isVoid } from '../../../server/custody/item.ts'
import { thumbnailAddress } from '../../data/addresses.ts'
import { useItems } from '../../data/use-items.ts'
import { Verdict } from '../../steps/verdict.tsx'
import { Code } from '../../ui/code.tsx'
import { useWords } from '../../ui/words.ts'
import { Clock, CustodyTag, DiscrepancyTag, useKindWords, whereOf } from '../items/standing.tsx'
import { remarkOn } from './put-away.ts'

/** The latest thing on the counter: what it is, where it is, where it belongs. */
export function ThisThing({ item, onClose }: { item: Card; onClose?: () => void }) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <article className="thing">
      {item.photos[0] && <img className="thing-photo" src={thumbnailAddress(item.photos[0])} alt="" />}
      <div className="thing-words">
        <header>
          <h2>
            <Link to={`/items/${item.code}`}>{item.name}</Link>
          </h2>
          {onClose && <Button onClick={onClose}>{t('screens:scan.putAside')}</Button>}
        </header>
        <p>
          <Code code={item.code} /> · {words.className(item.class)} · {words.quantityText(item)}
        </p>
        <p className="thing-where">
          <CustodyTag custody={item.custody} /> <strong>{whereOf(item.custody)}</strong> <DiscrepancyTag item={item} />
        </p>
        {'from' in item.custody && item.custody.from && (
          <p>
            {t('screens:scan.belongs')} <strong>{item.custody.from.pathNames.join(' › ')}</strong>
          </p>
        )}
        {item.seal && (
          <p>
            {t('screens:scan.seal')} <span className="code">{item.seal}</span>
          </p>
        )}
        <p className="quiet">
          <span className="code">{item.caseNo}</span> · {t('screens:scan.line.nth', { line: item.line })}
          {item.clocks.length > 0 && (
            <>
              {' · '}
              <Clock due={item.clocks[0]} />
            </>
          )}
        </p>
      </div>
    </article>
  )
}

/** A thing that has left lies on the counter: it was found, or another was given away – or the label is of no use. */
export function LeftAlready({ item }: { item: Card }) {
  const { t } = useTranslation()
  const kindWords = useKindWords()
  if (item.custody.state !== 'left') return null
  if (isVoid(item)) return <Verdict kind="warn" title={t('screens:scan.voidAlready', { name: item.name })} />
  const how = item.disposition.state === 'none' ? '' : kindWords(item.disposition.kind)
  return (
    <Verdict kind="warn" title={t('screens:scan.leftAlready', { name: item.name, how })}>
      {t('screens:scan.leftHint')}
    </Verdict>
  )
}

type CollectedProps = {
  items: Card[]
  place?: PlaceCard
  docket?: DocketCard
  onRemove: (code: string) => void
  onClear: () => void
}

/** The batch, a verdict on each line, before anything is confirmed. */
export function Collected({ items, place, docket, onRemove, onClear }: CollectedProps) {
  const { t } = useTranslation()
  return (
    <section className="collected" aria-label={t('screens:scan.collected', { count: items.length })}>
      <header>
        <h2>{t('screens:scan.collected', { count: items.length })}</h2>
        <Button onClick={onClear}>{t('screens:scan.clear')}</Button>
      </header>
      <ol className="row-list">
        {items.map((item) => {
          const remark = remarkOn(item, place, !docket || docket.items.some(({ code }) => code === item.code))
          return (
            <li key={item.code} className={remark ? `scan-${remark.kind}` : 'scan-ok'}>
              <span className="collected-sign" aria-hidden="true">
                {remark ? (remark.kind === 'refused' ? '✕' : '!') : '✓'}
              </span>
              <span>
                {item.name} <Code code={item.code} />
                <span className="collected-remark">
                  {remark ? t(`screens:scan.line.${remark.key}`) : whereOf(item.custody)}
                </span>
              </span>
              <Button
                type="text"
                icon={<CloseOutlined />}
                aria-label={t('screens:scan.remove', { name: item.name })}
                onClick={() => onRemove(item.code)}
              />
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** A place scanned on its own: what it is and what lies in it. */
export function ThisPlace({ place, movable, onClose }: { place: PlaceCard; movable: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const words = useWords()
  const { rows = [] } = useItems({ place: place.code, limit: 20 })
  return (
    <section className="this-place">
      <header>
        <h2>
          <Link to={`/store/${place.code}`}>{place.name}</Link>
        </h2>
        <Button onClick={onClose}>{t('screens:scan.putAside')}</Button>
      </header>
      <p>
        {words.placeKindName(place.kind)} · {place.pathNames.join(' › ')}
      </p>
      <p className="quiet">{movable ? t('screens:scan.containerHint') : t('screens:scan.placeHint')}</p>
      <ul className="row-list">
        {rows.map((item) => (
          <li key={item.code}>
            <Link to={`/items/${item.code}`}>{item.name}</Link> <Code code={item.code} />
          </li>
        ))}
      </ul>
      {rows.length === 0 && <p className="quiet">{t('screens:scan.placeEmpty')}</p>}
    </section>
  )
}

export function ThisPerson({ person, onClose }: { person: PersonCard; onClose: () => void }) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <section className="this-person">
      <header>
        <h2>{person.name}</h2>
        <Button onClick={onClose}>{t('screens:scan.putAside')}</Button>
      </header>
      <p>
        {person.unitName} · {person.number} ·{' '}
        {person.grants.map(({ role }) => words.roleName(role)).join(t('words:listSeparator'))}
      </p>
      <p className="quiet">{t('screens:scan.personHint')}</p>
    </section>
  )
}
