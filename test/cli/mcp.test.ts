// The server for coding agents, asked by the protocol's own client over a pipe.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { corsmith, file } from './run.ts'

interface Answer {
  readonly isError?: boolean
  readonly content: readonly { readonly text: string }[]
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it asks for.
  readonly structuredContent?: any
}

describe('corsmith mcp', () => {
  const client = new Client({ name: 'agent', version: '1.0.0' })
  const server = createServer((_, res) => res.end('{}'))
  const ask = async (name: string, given: Record<string, unknown>) =>
    (await client.callTool({ name, arguments: given })) as unknown as Answer

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await client.connect(new StdioClientTransport({ command: process.execPath, args: ['src/cli.ts', 'mcp'] }))
  })
  afterAll(async () => {
    await client.close()
    server.close()
  })

  it('offers four tools that read only', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['explain_message', 'check_url', 'lint_policy', 'explain_policy'])
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true)
    expect(tools.filter(({ annotations }) => annotations?.openWorldHint).map(({ name }) => name)).toEqual(['check_url'])
  })

  it('explains a console line as the command does', async () => {
    const message =
      "Access to fetch at 'https://api.example.com/a' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
    const { structuredContent } = await ask('explain_message', { message })
    expect(structuredContent).toEqual(JSON.parse((await corsmith(['check', '--message', message, '--json'])).out))
  })

  it('checks a live server, and says what to change', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const { structuredContent } = await ask('check_url', {
      url,
      origin: 'http://localhost:5173',
      headers: { 'Content-Type': 'application/json' },
    })
    expect(structuredContent).toMatchObject({ schema: 1, verdict: 'blocked' })
    expect(structuredContent.findings[0].fix.policy.origins).toEqual(['http://localhost:5173'])
  })

  it('lints a policy given as data or as text', async () => {
    const policy = { origins: ['https://app.example.com/'] }
    const expected = JSON.parse((await corsmith(['lint', file('policy.json', JSON.stringify(policy)), '--json'])).out)
    for (const given of [policy, JSON.stringify(policy)]) {
      const { structuredContent } = await ask('lint_policy', { policy: given })
      expect(structuredContent.issues).toEqual(expected.issues)
    }
    const twice = await ask('lint_policy', { policy: '{"origins":["https://a.example"],"origins":"*"}' })
    expect(twice.structuredContent.issues[0].code).toBe('key-twice')
  })

  it('explains what a policy does with a request, and the change that shares it', async () => {
    const { structuredContent } = await ask('explain_policy', {
      policy: { origins: ['https://app.example.com'] },
      origin: 'https://app.example.com',
      method: 'PUT',
    })
    expect(structuredContent).toMatchObject({ shared: false, edit: { methods: ['PUT'] } })
  })

  it.each([
    ['lint_policy', { policy: '{' }, /not JSON/],
    ['explain_policy', { policy: { origins: [] }, origin: 'https://app.example.com' }, /1 defect/],
    ['check_url', { url: '--send', origin: 'https://app.example.com' }, /URL/],
    ['check_url', { url: 'https://api.example.com/', origin: 'x', method: '--send' }, /origin|method/i],
    ['explain_policy', { policy: '{"origins":"*","origins":[]}', origin: 'https://a.example' }, /twice/],
  ])('answers what makes no sense with a sentence: %s %j', async (name, given, sentence) => {
    const { isError, content } = await ask(name, given)
    expect(isError).toBe(true)
    expect(content[0]?.text).toMatch(sentence)
  })

  it('refuses arguments that the tool does not have', async () => {
    const { isError } = await ask('check_url', { url: 'http://127.0.0.1/', origin: 'https://a.example', send: true })
    expect(isError).toBe(true)
  })
})
