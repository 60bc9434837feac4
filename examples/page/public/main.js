// Shows the calls, runs them on a click, and writes each outcome where a person and a test can read it: `data-outcome` is idle,
// running, read (a 2xx answer was read), status (another status was seen) or refused (the browser gave the page nothing).

import { calls } from './calls.js'

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

/** Under the name that the page itself was opened with, so that cookies stay on one site. */
const here = (url) => {
  const parsed = new URL(url)
  if (location.hostname === 'localhost') parsed.hostname = 'localhost'
  return parsed.origin
}

/** One call one way: the button, the outcome, and the function that runs it. */
function createWay(call, via, api, label) {
  const button = element('button', { type: 'button', textContent: label })
  button.setAttribute('aria-label', `${label}: ${call.shown}`)
  const output = element('output', { textContent: 'not called yet' })
  const way = element('div', { className: 'way' }, button, output)
  Object.assign(way.dataset, { call: call.name, via, outcome: 'idle' })

  const run = async () => {
    button.disabled = true
    way.dataset.outcome = 'running'
    delete way.dataset.status
    output.textContent = 'waiting …'
    try {
      const { ok, status, text } = await call.run(api)
      output.textContent = `${status}\n${text.length > 400 ? `${text.slice(0, 400)} …` : text}`
      way.dataset.status = status
      way.dataset.outcome = ok ? 'read' : 'status'
    } catch (error) {
      const told = call.request === null ? null : await why(call, via)
      output.textContent = [`refused: ${error.name}: ${error.message}`, ...reasons(call, told)].join('\n')
      way.dataset.line = told?.line ?? ''
      way.dataset.outcome = 'refused'
    }
    button.disabled = false
  }
  button.addEventListener('click', run)
  return { way, run }
}

/** Asks the server of this page why a call was refused; null where it does not know. */
async function why({ shown, request }, via) {
  const [, path] = /(\/api\/[^\s,]*)/.exec(shown)
  const asked = { via, path, method: 'GET', headers: {}, credentials: 'same-origin', initiator: 'fetch', ...request }
  const answer = await fetch('/why', { method: 'POST', body: JSON.stringify(asked) })
  return answer.ok ? answer.json() : null
}

/** What to say below the TypeError. */
function reasons({ request }, told) {
  if (request === null) return ['CORS does not cover WebSockets. The edge refused the upgrade with 403.']
  if (told === null) return ['The reason is in the console (F12).']
  if (told.line === null)
    return ['corsmith does not send this again to find out why, because it writes. The console (F12) has the reason.']
  return [
    `Your console says, as corsmith computes it: ${told.line}`,
    ...(told.cause === null ? [] : [`Cause: ${told.cause}`]),
  ]
}

const { edge, origin, listed } = await (await fetch('/config.json')).json()
const urls = { page: location.origin, edge: here(edge), origin: here(origin) }
for (const [name, url] of Object.entries(urls))
  for (const place of document.querySelectorAll(`[data-url="${name}"]`)) place.textContent = url

document.querySelector('#listed').textContent = listed
  ? 'The policy of the edge names this origin: calls through the edge are read.'
  : 'The policy of the edge does not name this origin: this is a stranger, and every call is refused.'

const runs = []
for (const call of calls) {
  const ways = [createWay(call, 'edge', urls.edge, 'Through the edge')]
  if (!call.edgeOnly) ways.push(createWay(call, 'origin', urls.origin, 'Straight to the API'))
  document
    .querySelector('#calls')
    .append(
      element(
        'li',
        {},
        element('h2', {}, element('code', { textContent: call.shown })),
        element('p', { className: 'about', textContent: call.about }),
        element('div', { className: 'ways' }, ...ways.map(({ way }) => way)),
      ),
    )
  runs.push(...ways.map(({ run }) => run))
}

const all = document.querySelector('#run-all')
const progress = document.querySelector('#progress')
all.addEventListener('click', async () => {
  all.disabled = true
  document.body.dataset.run = 'running'
  // One after the other: a console line then stands beside the call it belongs to.
  for (const [index, run] of runs.entries()) {
    progress.textContent = `${index + 1} of ${runs.length}`
    await run()
  }
  const outcomes = [...document.querySelectorAll('.way')].map((way) => way.dataset.outcome)
  const number = (outcome) => outcomes.filter((each) => each === outcome).length
  progress.textContent = `${number('read')} read, ${number('status')} with another status, ${number('refused')} refused`
  document.body.dataset.run = 'done'
  all.disabled = false
})
document.body.dataset.ready = 'true'
