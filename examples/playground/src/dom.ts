/** Making elements. Text goes in as text: nothing here reads markup, and the page's Content-Security-Policy has no place for it. */

/** What an element is made of; null and false are left out. */
export type Child = Node | string | null | false

/** Properties and attributes of a new element: what begins with `aria-` or `data-` is an attribute. */
export type Properties = Readonly<Record<string, unknown>>

/** Makes an element. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (/^(aria|data)-|^role$|^for$/.test(key)) element.setAttribute(key, String(value))
    else Object.assign(element, { [key]: value })
  }
  element.append(...children.filter((child) => child !== null && child !== false))
  return element
}

/** Gets an element of the page that is always there. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`the page has no #${id}`)
  return element as E
}

/** Makes a button. */
export function button(text: string, onClick: () => void, properties: Properties = {}): HTMLButtonElement {
  const made = h('button', { type: 'button', ...properties }, text)
  made.addEventListener('click', onClick)
  return made
}

/** Makes a link that leads out of the page. */
export function link(href: string, text: string): HTMLElement {
  // A javascript: URL would be a link as well.
  return /^https?:/.test(href)
    ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text)
    : h('span', {}, text)
}

/** Makes text that only assistive technology says. */
export function unseen(text: string): HTMLElement {
  return h('span', { className: 'hidden' }, text)
}

/** Makes a block of code with a button that copies it. */
export function codeBlock(code: string, what: string): HTMLElement {
  const copy = button('Copy', () => void copyText(code, copy), { className: 'copy', 'aria-label': `Copy ${what}` })
  return h(
    'div',
    { className: 'code' },
    h('pre', { tabIndex: 0, 'aria-label': what, role: 'region' }, h('code', {}, code)),
    copy,
  )
}

/** Copies a text, and says on the button whether that went well. */
export async function copyText(text: string, on: HTMLButtonElement): Promise<void> {
  const before = on.textContent
  try {
    await navigator.clipboard.writeText(text)
    on.textContent = 'Copied'
  } catch {
    on.textContent = 'Not allowed to copy'
  }
  setTimeout(() => {
    on.textContent = before
  }, 1_500)
}

/** Returns a function that waits until it was not called for a while, and then runs once. */
export function debounce(milliseconds: number, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(run, milliseconds)
  }
}
