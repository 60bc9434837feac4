/**
 * A pasted text on one line: as it was written, and with one kind of quotation mark. Both have the
 * same length.
 */
export interface Tidied {
  readonly text: string
  readonly plain: string
}

/** A limit. A console line with all its neighbors is shorter. */
const MAX_LENGTH = 20_000

/**
 * Words of lines about failed requests. In a longer text, the part around the first of them is
 * read.
 */
const SIGNS = /CORS|Access-Control|[Cc]ross[- ][Oo]rigin|net::ERR_|SEC71\d\d|Content.Security.Policy/

/** Colors of terminals, window titles, and colors that lost their escape character. */
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  /\u001b\[[\d;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]{0,200}(?:\u0007|\u001b\\)?|\[\d{1,3}(?:;\d{1,3}){0,4}m/g

/** Invisible characters. They split words, or turn the direction of writing. */
const SHAPELESS = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g

/** Marks that Markdown, mail and chats put around a line. */
const MARKUP = /^[ \t]*(?:>[ \t]?){1,20}|^[ \t]*(?:`{3,}|~{3,})[\w-]*[ \t]*$|\*\*(?=[^\s'])|(?<=[^\s'/])\*\*/gm

/**
 * Links that issue trackers and chats make of an address: `[address](address)`, and `<address>` or
 * `<address|address>`. A link of Markdown may have swallowed the words behind the address.
 */
const LINKS: readonly (readonly [RegExp, string])[] = [
  [/\[((?:https?|wss?):\/\/[^\]\n]{1,2000})\]\((?:https?|wss?):\/\/[^()\s]{1,6000}\)/g, '$1'],
  [/<((?:https?|wss?):\/\/[^\s<>|]{1,2000})(?:\|[^\s<>]{1,2000})?>/g, '$1'],
]

const QUOTES = /["`´‘’‚‛“”„‟«»‹›「」『』′″＇＂]/g

/** Full-width punctuation of Chinese and Japanese, in the same order as its narrow forms. */
const WIDE = '：（），。；'
const NARROW = ':(),.;'

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['laquo', '«'],
  ['raquo', '»'],
  ['nbsp', ' '],
  ['lt', '<'],
  ['gt', '>'],
  ['hellip', '…'],
])

/** Undoes what terminals, chats, logs and editors do to a console line. */
export function tidy(pasted: string): Tidied {
  const text = LINKS.reduce((whole, [link, address]) => whole.replace(link, address), part(pasted))
    .replace(ESCAPES, '')
    .replace(SHAPELESS, '')
    .replace(/&amp;/g, '&')
    .replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w{2,6}));/gi, entity)
    .replace(MARKUP, '')
    // Inside JSON, quotation marks and line ends are escaped.
    .replace(/\\+(?=["'`])/g, '')
    .replace(/\\[rn](?![\w-]{0,20}\\)/g, ' ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  const plain = text.replace(QUOTES, "'").replace(/[：（），。；]/g, (mark) => NARROW.charAt(WIDE.indexOf(mark)))
  return { text, plain }
}

/** Returns the part of a long text that is read. */
function part(pasted: string): string {
  if (pasted.length <= MAX_LENGTH) return pasted
  const start = Math.max(0, pasted.search(SIGNS) - 2_000)
  return pasted.slice(start, start + MAX_LENGTH)
}

function entity(whole: string, decimal: string | undefined, hex: string | undefined, name: string | undefined): string {
  if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? whole
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  // No browser writes a control character or half of a surrogate pair.
  return code < 0x20 || (code >= 0xd800 && code < 0xe000) ? ' ' : String.fromCodePoint(code)
}
