// What is said once for all items, or given to some of them at one press.

import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Shaped } from '../../steps/fields/shaped.tsx'
import { useForm } from '../../steps/form-context.ts'
import type { Field } from '../../steps/shape.ts'
import { valueAt } from '../../steps/value.ts'
import { commonFields, isSaid, sharedFields } from './draft.ts'

type Props = { fields: Field[]; chosen: number; all: number; onGive: (toAll: boolean) => void }

export function Common({ fields, chosen, all, onGive }: Props) {
  const { t } = useTranslation()
  const { value, disabled } = useForm()
  const isEmpty = !isSaid(valueAt(value, ['common']))
  return (
    <section className="panel register-common">
      <h2>{t('screens:register.common')}</h2>
      <p className="quiet register-hint">{t('screens:register.commonHint')}</p>
      <div className="fields">
        {sharedFields.map((name) => {
          const field = fields.find((each) => each.name === name)
          const optional = !commonFields.some((each) => each === name)
          return field && <Shaped key={name} field={{ ...field, optional }} path={['common', name]} />
        })}
      </div>
      {all > 1 && (
        <div className="register-add">
          <Button disabled={disabled || isEmpty || chosen === 0} onClick={() => onGive(false)}>
            {t('screens:register.giveChosen', { count: chosen })}
          </Button>
          <Button disabled={disabled || isEmpty} onClick={() => onGive(true)}>
            {t('screens:register.giveAll', { count: all })}
          </Button>
        </div>
      )}
    </section>
  )
}
