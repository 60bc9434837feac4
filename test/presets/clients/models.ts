// The packages of OpenAI and Anthropic.
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { anthropic, openai } from '../../../src/presets.ts'
import { API, type ClientRun } from './run-of.ts'

/** Answers with what each answer in turn is; the last one again and again. */
function inTurn(...answers: readonly (() => Response)[]): () => Response {
  let next = 0
  return () => (answers[Math.min(next++, answers.length - 1)] ?? Response.error)()
}

const json = (body: unknown, headers: Record<string, string> = {}, status = 200) =>
  Response.json(body, { status, headers })

/** Tells whether some work was done before the client's own delay of half a second. */
async function isQuick(work: () => Promise<unknown>): Promise<boolean> {
  const start = performance.now()
  await work()
  return performance.now() - start < 300
}

const completion = {
  id: 'c',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' } }],
}
const openAi = (fetch: typeof globalThis.fetch, maxRetries = 0) =>
  new OpenAI({
    apiKey: 'k',
    organization: 'o',
    project: 'p',
    baseURL: `${API}/v1`,
    dangerouslyAllowBrowser: true,
    fetch,
    maxRetries,
  })
const ask = (client: OpenAI, headers?: Record<string, string>) =>
  client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'Hello' }] }, headers && { headers })

const message = {
  id: 'm',
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: 'Hi' }],
  model: 'm',
  stop_reason: 'end_turn',
  usage: {},
}
const claude = (fetch: typeof globalThis.fetch, maxRetries = 0, own: object = { apiKey: 'k', authToken: null }) =>
  new Anthropic({ ...own, baseURL: API, dangerouslyAllowBrowser: true, fetch, maxRetries })
const say = (client: Anthropic, headers?: Record<string, string>) =>
  client.messages.create(
    { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'Hello' }] },
    headers && { headers },
  )

const RETRIES = [
  ['after Retry-After-Ms', { 'Retry-After-Ms': '1' }, 429],
  ['after Retry-After', { 'Retry-After': '0.01' }, 429],
  ['because of X-Should-Retry', { 'X-Should-Retry': 'true', 'Retry-After-Ms': '1' }, 400],
] as const

export const runs: readonly ClientRun[] = [
  {
    preset: openai,
    client: 'openai',
    does: 'asks a model, and reads the id and the limits of the answer',
    server: () => () =>
      json(completion, { 'X-Request-Id': 'r', 'OpenAI-Processing-Ms': '5', 'X-RateLimit-Remaining-Requests': '9' }),
    use: async ({ fetch }) => {
      const { data, response } = await ask(openAi(fetch)).withResponse()
      const read = (name: string) => response.headers.get(name)
      return [
        data.choices[0]?.message.content,
        data._request_id,
        read('OpenAI-Processing-Ms'),
        read('X-RateLimit-Remaining-Requests'),
      ]
    },
  },
  {
    preset: openai,
    client: 'openai',
    does: 'uses the assistants of the beta, deletes a file, and names a request',
    server: () => (request) => json(request.method === 'DELETE' ? { id: 'f', deleted: true } : { id: 't' }),
    use: async ({ fetch }) => {
      const client = openAi(fetch)
      const thread = await client.beta.threads.create()
      const { deleted } = await client.files.delete('f')
      await ask(client, { 'X-Client-Request-Id': 'mine' })
      await client.chat.completions.create(
        { model: 'm', messages: [] },
        { idempotencyKey: 'once', headers: { 'Idempotency-Key': 'once' } },
      )
      return [thread.id, deleted]
    },
  },
  ...RETRIES.map(
    ([what, headers, status]): ClientRun => ({
      preset: openai,
      client: 'openai',
      does: `tries again ${what}`,
      server: () =>
        inTurn(
          () => json({}, headers, status),
          () => json(completion),
        ),
      use: ({ fetch }) => isQuick(() => ask(openAi(fetch, 1))),
    }),
  ),
  {
    preset: anthropic,
    client: '@anthropic-ai/sdk',
    does: 'asks a model with a key, and reads the id and the limits of the answer',
    server: () => () => json(message, { 'Request-Id': 'r', 'Anthropic-RateLimit-Requests-Remaining': '9' }),
    use: async ({ fetch }) => {
      const { data, response } = await say(claude(fetch)).withResponse()
      return [data.content, data._request_id, response.headers.get('Anthropic-RateLimit-Requests-Remaining')]
    },
  },
  {
    preset: anthropic,
    client: '@anthropic-ai/sdk',
    does: 'uses a token, a beta, a workspace and a key for one attempt; deletes a batch',
    server: () => () => json(message),
    use: async ({ fetch }) => {
      const client = claude(fetch, 0, { apiKey: null, authToken: 't' })
      await client.messages.batches.delete('b')
      await client.beta.messages.create({ model: 'm', max_tokens: 9, messages: [], betas: ['b'] })
      await client.messages.create(
        { model: 'm', max_tokens: 9, messages: [] },
        { headers: { 'Anthropic-Workspace-Id': 'w', 'Idempotency-Key': 'once' } },
      )
      return true
    },
  },
  {
    preset: anthropic,
    client: '@anthropic-ai/sdk',
    does: 'sends the key in the header of earlier versions, for a gateway that knows no other',
    server: () => (request) => json(request.headers.has('X-Api-Key') ? message : {}),
    use: async ({ fetch }) => {
      const own = { apiKey: null, authToken: null, defaultHeaders: { 'X-Api-Key': 'k' } }
      return (await say(claude(fetch, 0, own))).content
    },
  },
  ...RETRIES.map(
    ([what, headers, status]): ClientRun => ({
      preset: anthropic,
      client: '@anthropic-ai/sdk',
      does: `tries again ${what}`,
      server: () =>
        inTurn(
          () => json({}, headers, status),
          () => json(message),
        ),
      use: ({ fetch }) => isQuick(() => say(claude(fetch, 1))),
    }),
  ),
]
