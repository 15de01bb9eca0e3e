// Catches what a page could not draw, says so, and lets the person go on.

import { Button } from 'antd'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Unreached } from '../data/request.ts'
import { saidOf } from '../ui/said.ts'
import { useWords } from '../ui/words.ts'

type Props = { children: ReactNode; resetKey?: string }

export class Boundary extends Component<Props, { error?: unknown }> {
  override state: { error?: unknown } = {}

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidUpdate(before: Props) {
    if (before.resetKey !== this.props.resetKey && this.state.error) this.setState({ error: undefined })
  }

  override render() {
    if (!this.state.error) return this.props.children
    return <Broken error={this.state.error} />
  }
}

function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <main className="page" role="alert">
      <h1>{t(error instanceof Unreached ? 'screens:broken.unreached' : 'screens:broken.title')}</h1>
      <p>{words.refusalText(saidOf(error))}</p>
      <div>
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('screens:broken.reload')}
        </Button>
      </div>
    </main>
  )
}
