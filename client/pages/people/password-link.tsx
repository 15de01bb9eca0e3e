// Makes a link with which a person sets their own password, and shows it once.

import { KeyOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { makePasswordLink, type PasswordLink } from '../../data/make-password-link.ts'
import { Verdict } from '../../steps/verdict.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { saidOf } from '../../ui/said.ts'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'

export function PasswordLinkButton({ login, name }: { login: string; name: string }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const [made, setMade] = useState<PasswordLink>()
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      setMade(await makePasswordLink(login))
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const close = () => {
    setMade(undefined)
    setFailure(undefined)
  }
  return (
    <>
      <Button icon={<KeyOutlined />} loading={busy} onClick={() => void make()}>
        {t('password.make')}
      </Button>
      <Modal
        open={made !== undefined || failure !== undefined}
        title={t('password.title', { name })}
        onCancel={close}
        destroyOnHidden
        footer={
          <div className="password-acts">
            {made && (
              <CopyButton text={made.link} label={t('password.copy')} copied={t('entry.copied')}>
                {t('password.copy')}
              </CopyButton>
            )}
            <Button type="primary" onClick={close}>
              {t('password.done')}
            </Button>
          </div>
        }
      >
        {failure !== undefined && <Verdict kind="refused" title={words.refusalText(saidOf(failure))} />}
        {made && (
          <div className="password-made">
            <p className="code password-link">{made.link}</p>
            <p>
              {t('password.until')} <Time at={made.expiresAt} />
            </p>
            <Verdict kind="warn" title={t('password.once')} />
          </div>
        )}
      </Modal>
    </>
  )
}
