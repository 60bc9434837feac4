/** Puts the page together: the form is read, examined, and shown; the link follows. */
import { button, byId, copyText, debounce, h } from './dom.ts'
import { type Examination, examine } from './examine.ts'
import { fitAll, readForm, writeForm } from './form.ts'
import { type Pasted, readPasted } from './paste.ts'
import { FIRST, PRESETS, presetOf } from './presets.ts'
import { BASE, type Scenario } from './scenario.ts'
import { fromHash, isShared, toHash } from './share.ts'
import { sentence } from './steps.ts'
import type { Theirs } from './theirs.ts'
import type { Stage } from './trial.ts'
import { fillTargets, showCurl, showFixes, showSnippet } from './view-fixes.ts'
import { showIssues } from './view-issues.ts'
import { showSteps } from './view-steps.ts'
import { point, showTheirs } from './view-theirs.ts'
import { clearTrial, runTrial } from './view-trial.ts'
import { showVerdict, summarise } from './view-verdict.ts'

/** Starts the page. */
function start(stage: Promise<Stage | null>): void {
  let turn = 0
  let latest: Examination | null = null
  let theirs: Theirs | null = null

  /** Examines what the form holds now. An answer that another change has overtaken is not shown. */
  async function update(): Promise<void> {
    const mine = ++turn
    document.body.dataset.state = 'computing'
    const examination = await examine(readForm())
    if (mine !== turn) return
    latest = examination
    render(examination)
    document.body.dataset.state = 'ready'
    remember()
    announce()
  }

  function render(examination: Examination): void {
    const { scenario, issues, problem, result } = examination
    showIssues(issues, scenario.policy, (policy) =>
      apply({ ...readForm(), policy }, 'Taken into the policy.', 'issues'),
    )
    byId('problem').hidden = problem === null
    if (byId('problem').textContent !== (problem ?? '')) byId('problem').textContent = problem
    showVerdict(examination)
    showTheirs(theirs)
    if (theirs !== null) point(theirs)
    clearTrial()
    showFixes(examination, apply)
    showSteps(result?.explanation ?? null)
    showSnippet(result)
    showCurl(result)
  }

  /** Takes a changed scenario, and offers the way back. The button that was pressed is gone then, so the focus goes to what has changed. */
  function apply(scenario: Scenario, said: string, changed: 'verdict' | 'issues' = 'verdict'): void {
    const before = readForm()
    const undo = button('Undo', () => {
      void replace(before)
      notify(null)
    })
    notify(h('span', {}, said), undo)
    void replace(scenario).then(() => {
      byId(changed).scrollIntoView({ block: changed === 'verdict' ? 'start' : 'nearest' })
      byId(changed).focus({ preventScroll: true })
    })
  }

  function replace(scenario: Scenario): Promise<void> {
    theirs = null
    writeForm(scenario)
    return update()
  }

  /** Fills in what was pasted. The verdict at the top is about the person's server. */
  function showPasted(read: Pasted): Promise<void> {
    theirs = read.theirs
    writeForm(read.scenario)
    return update()
  }

  const remember = debounce(300, () => {
    const hash = toHash(readForm())
    if (hash !== null) history.replaceState(null, '', hash)
  })
  const announce = debounce(700, () => {
    if (latest === null) return
    const { title, text } = theirs ?? summarise(latest)
    byId('live').textContent = `${theirs === null ? '' : 'Your server: '}${title}. ${text}`
  })
  const typed = debounce(120, () => void update())

  byId('form').addEventListener('input', (event) => {
    if (event.target === byId('paste') || event.target === byId('paste-file')) return
    theirs = null
    document.body.dataset.state = 'computing'
    notify(null)
    fitAll()
    typed()
  })
  watchVerdict()
  watchForm()
  byId('form').addEventListener('submit', (event) => event.preventDefault())
  byId('policy').addEventListener('scroll', followScroll)
  byId('target').addEventListener('change', () => showSnippet(latest?.result ?? null))
  byId('preset').addEventListener('change', () => {
    const chosen = presetOf(byId<HTMLSelectElement>('preset').value)
    if (chosen !== undefined) void replace(chosen.scenario)
    notify(null)
  })
  byId('share').addEventListener('click', () => {
    const hash = toHash(readForm())
    if (hash === null) notify('This scenario is too long for a link.')
    else void copyText(new URL(hash, location.href).href, byId<HTMLButtonElement>('share'))
  })
  byId('read-paste').addEventListener('click', () => void paste(byId<HTMLTextAreaElement>('paste').value, showPasted))
  byId<HTMLInputElement>('paste-file').addEventListener('change', async (event) => {
    const input = event.target as HTMLInputElement
    try {
      const text = await readArchive(input)
      if (text !== '') await paste(text, showPasted)
    } catch (error) {
      byId('pasted').replaceChildren(h('p', { className: 'problem' }, (error as Error).message))
    }
    // The same file may be chosen again after it was recorded anew.
    input.value = ''
  })
  byId('peek').addEventListener('click', () => byId(theirs === null ? 'verdict' : 'theirs').focus())
  byId('try').addEventListener('click', async () => {
    const mine = turn
    await runTrial(latest?.result ?? null, await stage, () => mine === turn)
  })
  addEventListener('hashchange', () => {
    if (isShared(location.hash)) void replace(fromLocation())
  })

  fillPresets()
  fillTargets()
  writeForm(fromLocation())
  void update()
}

/** Reads the scenario of the link that the page was opened with; without one, the first preset. */
function fromLocation(): Scenario {
  const first = presetOf(FIRST)?.scenario ?? BASE
  if (!isShared(location.hash)) return first
  try {
    const shared = fromHash(location.hash)
    byId<HTMLSelectElement>('preset').value = ''
    return shared
  } catch (error) {
    notify(`${sentence((error as Error).message)} Shown instead: ${presetOf(FIRST)?.name ?? 'the default'}.`)
    return first
  }
}

async function paste(text: string, show: (read: Pasted) => Promise<void>): Promise<void> {
  try {
    const read = await readPasted(text, readForm())
    byId('pasted').replaceChildren(h('p', {}, h('strong', {}, read.what)), h('p', {}, read.filled))
    await show(read)
  } catch (error) {
    byId('pasted').replaceChildren(h('p', { className: 'problem' }, (error as Error).message))
  }
}

/** The largest archive that a page reads at once. */
const MOST_BYTES = 100_000_000

async function readArchive(input: HTMLInputElement): Promise<string> {
  const [file] = input.files ?? []
  if (file === undefined) return ''
  if (file.size > MOST_BYTES) throw new TypeError(`${file.name} is larger than 100 MB: use corsmith check --har`)
  return file.text()
}

function notify(first: Node | string | null, ...more: readonly Node[]): void {
  byId('notice').hidden = first === null
  byId('notice').replaceChildren(...(first === null ? [] : [first, ...more]))
}

function fillPresets(): void {
  const select = byId<HTMLSelectElement>('preset')
  select.append(h('option', { value: '', disabled: true }, 'a scenario …'))
  for (const group of new Set(PRESETS.map((preset) => preset.group))) {
    const options = PRESETS.filter((preset) => preset.group === group)
    select.append(h('optgroup', { label: group }, ...options.map(({ id, name }) => h('option', { value: id }, name))))
  }
  select.value = FIRST
}

/** Where the verdict is in sight, nothing has to point to it. */
function watchVerdict(): void {
  new IntersectionObserver(([entry]) => {
    byId('peek').hidden = entry?.isIntersecting === true
  }).observe(byId('verdict-body'))
}

/** Beside long results the form stays in sight: by its top where it is short, by its end where it is longer than the window. */
function watchForm(): void {
  const form = byId('form')
  new ResizeObserver(() => form.style.setProperty('--height', `${form.offsetHeight}px`)).observe(form)
}

/** The numbers and the marks go with the text. */
function followScroll(): void {
  const { scrollTop } = byId('policy')
  for (const id of ['gutter', 'marks']) byId(id).style.transform = `translateY(${-scrollTop}px)`
}

/** Asks the page server where the test endpoint is; null where there is none, as on a plain static server. */
async function findStage(): Promise<Stage | null> {
  try {
    const { endpoint } = (await (await fetch(new URL('../config.json', location.href))).json()) as {
      endpoint?: unknown
    }
    if (typeof endpoint !== 'string' || endpoint === '') return null
    const url = new URL(endpoint)
    // By the name that this page was opened with: then both are of one site.
    if (location.hostname === 'localhost') url.hostname = 'localhost'
    return { page: location.origin, endpoint: url.origin }
  } catch {
    return null
  }
}

start(findStage())
