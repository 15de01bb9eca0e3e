// The nonce under which this page may add styles, from the page the server sent.

export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

/**
 * Gives every style element the nonce as it is made. The component library takes a nonce for its themes but forgets it
 * for the style that keeps the page from scrolling behind a drawer, which the content security policy then refuses.
 */
export function signStyles(): void {
  const create = document.createElement.bind(document)
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    if (name === 'style') element.nonce = nonce
    return element
  }) as typeof document.createElement
}
