import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shellWords } from '../../src/diagnose/imports/words.ts'
import { recognizeMessage } from '../../src/diagnose.ts'
import { ORIGIN, type Stage, stage } from '../diagnose/stage.ts'
import { corsmith, file } from './run.ts'

const root = join(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(root, name), 'utf8')
const PAGES = ['README.md', 'docs/check.md', 'docs/console-messages.md', 'docs/guides.md'] as const

/** The commands of a page: those of its shell blocks, and those in its text. */
function commandsOf(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map((match) => match[1] ?? '')
  const lines = blocks.flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
  const inline = [...page.matchAll(/`(npx corsmith [^`]+)`/g)].map((match) => match[1] ?? '')
  return [...new Set([...lines, ...inline])].filter((line) => /^npx corsmith \w+ ./.test(line))
}

const COMMANDS = PAGES.flatMap((page) => commandsOf(read(page)).map((command) => [page, command] as const))

let server: Stage
beforeAll(async () => {
  server = await stage(({ origin }) => ({
    headers:
      origin === ORIGIN
        ? [
            ['Access-Control-Allow-Origin', ORIGIN],
            ['Vary', 'Origin'],
          ]
        : [['Vary', 'Origin']],
  }))
})
afterAll(() => server.close())

/** Puts in what a reader would put in: the addresses of a server that is there, the files that the page shows. */
function filledIn(command: string): readonly string[] {
  const expectations = /```json\n(\{\n {2}"base".*?)^```/ms.exec(read('docs/check.md'))?.[1] ?? ''
  return shellWords(command.replace(/ {2,}#.*$/, ''))
    .slice(2)
    .concat(command.startsWith('npx corsmith proxy') ? ['--port', '0'] : [])
    .map((word) => {
      if (word === 'cors.expect.json')
        return file(word, expectations.replaceAll('https://staging.example.com', server.origin))
      if (['policy.json', 'before.json', 'after.json'].includes(word))
        return file(word, '{"origins":["https://app.example.com"],"methods":["PUT"]}')
      if (word === '<upstream>') return server.origin
      if (word === '<the red line>') return 'TypeError: Failed to fetch'
      if (word === '<Copy as cURL>') return `curl '${server.origin}/' -H 'Origin: ${ORIGIN}'`
      return word
        .replace('<url>', server.origin)
        .replace('<page>', ORIGIN)
        .replace(/^https:\/\/(api|production)\.example\.com/, server.origin)
    })
}

describe('the documentation of the command', () => {
  it('shows many commands', () => expect(COMMANDS.length).toBeGreaterThan(10))

  it.each(COMMANDS)('%s shows one that works: %s', async (_, command) => {
    const { code, err } = await corsmith(filledIn(command))
    expect([0, 1], err).toContain(code)
    expect(err).toBe('')
  })

  it('of --message ends in a command that works', async () => {
    const { out } = await corsmith([
      'check',
      '--message',
      'Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.',
    ])
    const command = /Find the cause: (.*)$/m.exec(out)?.[1] ?? ''
    expect(command).toContain('authorization')
    expect((await corsmith(filledIn(command))).code).toBe(1)
  })

  it('shows in its sample what is printed', async () => {
    const [sample = ''] = [...read('docs/check.md').matchAll(/^```\n(PUT .*?)^```/gms)].map((match) => match[1])
    const example = await stage(({ isPreflight, origin }) => ({
      status: isPreflight ? 204 : 200,
      headers: [
        ['Server', 'nginx'],
        ...(origin === ORIGIN ? ([['Access-Control-Allow-Origin', ORIGIN]] as const) : []),
        ['Access-Control-Allow-Headers', 'content-type'],
        ['Access-Control-Allow-Methods', 'GET,POST,PUT'],
      ],
    }))
    const [command = ''] = commandsOf(read('docs/check.md'))
    const argv = shellWords(command).slice(2)
    const { out } = await corsmith(argv.map((word) => word.replace('https://api.example.com', example.origin)))
    await example.close()
    const printed = out.replaceAll(example.origin, 'https://api.example.com').replace(/in \d+ ms/, 'in 6 ms')
    // An ellipsis stands for whatever is left out.
    for (const line of sample.split('\n').filter((text) => text.trim() !== '…')) {
      for (const part of line.split('…')) expect(printed).toContain(part.trimEnd())
    }
  })

  it('names lines that are recognized', () => {
    const [, line = ''] = /--message "([^"]+)"/.exec(read('docs/console-messages.md')) ?? []
    expect(recognizeMessage(line)?.code).toBe('allow-origin-missing')
  })
})
