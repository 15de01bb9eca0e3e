// The proof of an item as one file, for whoever checks it elsewhere and without this server.

import { FileProtectOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { requestBlob } from '../../../data/request.ts'
import { saveFile } from '../../../ui/csv.ts'
import { saidOf } from '../../../ui/said.ts'
import { useWords } from '../../../ui/words.ts'

export function ProofFile({ code }: { code: string }) {
  const { t } = useTranslation('proof')
  const words = useWords()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => requestBlob(`/items/${encodeURIComponent(code)}/proof`),
    onSuccess: (file) => saveFile(`${code}-proof.html`, 'text/html', file),
  })
  return (
    <>
      <Button
        icon={<FileProtectOutlined aria-hidden="true" />}
        loading={isPending}
        title={t('file.hint')}
        onClick={() => mutate()}
      >
        {t('file.button')}
      </Button>
      {error && (
        <span className="proof-file-refused" role="alert">
          {words.refusalText(saidOf(error))}
        </span>
      )}
    </>
  )
}
