// The completion scripts, asked in the real shells. A shell that is not installed is skipped; in CI it is a failure.
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { COMMAND_OPTIONS, type CommandOption } from '../../src/cli/command-options.ts'
import { COMMAND_NAMES } from '../../src/cli/usage.ts'
import { CHOOSABLE } from '../../src/diagnose.ts'
import { corsmith, file } from './run.ts'

const script = async (shell: string) => file(`corsmith.${shell}`, (await corsmith(['completion', shell])).out)

const isInstalled = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0
function shellIt(shell: string) {
  if (process.env.CI !== undefined || isInstalled(shell)) return it
  console.warn(`SKIPPED the completions of ${shell}: ${shell} is missing: apt-get install ${shell}`)
  return it.skip
}

function output(shell: string, args: readonly string[]): string {
  const { stdout, stderr, status, error } = spawnSync(shell, args, { encoding: 'utf8', timeout: 30_000 })
  if (error !== undefined || status !== 0) throw new Error(`${shell}: ${error ?? stderr}`)
  return stdout
}

/** What a shell proposes for a command line that ends at the cursor. */
const PROPOSE: Readonly<Record<string, (path: string, line: string) => readonly string[]>> = {
  bash(path, line) {
    const words = line.split(/ |(=)/).filter((word) => word !== undefined)
    const list = words.map((word) => `'${word}'`).join(' ')
    const code = `source "$0"; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _corsmith; printf '%s\\n' "\${COMPREPLY[@]}"`
    return output('bash', ['-c', code, path]).trim().split('\n')
  },
  fish(path, line) {
    const code = `source $argv[1]; complete -C $argv[2]`
    return output('fish', ['--no-config', '-c', code, path, line])
      .trim()
      .split('\n')
      .map((row) => row.split('\t')[0] ?? '')
  },
  // zsh completes in an interactive shell alone, so a pseudo-terminal types the line and a tab. `compadd` tells what it is given.
  zsh(path, line) {
    const code = `
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell 'PS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source '$1
      zpty -w shell 'compadd() { builtin compadd -O found "$@"; print -r -- "FOUND<\${(j: :)found}>"; builtin compadd "$@" }; print READY'
      zpty -r shell out '*READY*READY*'
      zpty -n -w shell "$2"$'\\t'
      zpty -r -t shell out
      sleep 1.5
      while zpty -r -t shell out; do print -rn -- "$out"; done
      zpty -d shell`
    const found = output('zsh', ['-f', '-c', code, 'zsh', path, line]).matchAll(/FOUND<([^>]*)>/g)
    const words = [...found].flatMap(([, texts = '']) => texts.split(' '))
    return [...new Set(words)].filter((word) => word !== '')
  },
}

describe.each(Object.entries(PROPOSE))('the completion of %s', (shell, propose) => {
  shellIt(shell)(
    'proposes commands, options, words and targets',
    async () => {
      const path = await script(shell)
      expect(propose(path, 'corsmith ch')).toEqual(['check'])
      expect(propose(path, 'corsmith l')).toEqual(['lint'])
      expect(propose(path, 'corsmith check --ori')).toEqual(['--origin'])
      expect(propose(path, 'corsmith check https://a.com --format sa')).toEqual(['sarif'])
      expect([...propose(path, 'corsmith check https://a.com --fail-on ')].toSorted()).toEqual([
        'blocked',
        'security',
        'warning',
      ])
      expect(propose(path, 'corsmith check --for ngin')).toEqual(['nginx'])
      expect(propose(path, 'corsmith init fast').toSorted()).toEqual(['fastapi', 'fastify', 'fastify-cors'])
      expect(propose(path, 'corsmith compile ngin')).toEqual(['nginx'])
      expect(propose(path, 'corsmith completion z')).toEqual(['zsh'])
    },
    60_000,
  )

  shellIt(shell)(
    'proposes each option of each command',
    async () => {
      const path = await script(shell)
      const commands = shell === 'zsh' ? (['check', 'proxy'] as const) : COMMAND_NAMES
      for (const command of commands) {
        const found = propose(path, `corsmith ${command} --`).map((word) => word.replace(/[=].*/, ''))
        const options = [...Object.keys(COMMAND_OPTIONS[command]), 'help'].map((name) => `--${name}`)
        expect(new Set(found), command).toEqual(new Set(options))
      }
    },
    120_000,
  )
})

describe('corsmith completion', () => {
  it.each([
    [[], 'completion bash'],
    [['tcsh'], 'write bash, zsh or fish'],
    [['bash', 'x'], 'one argument too many'],
  ])('%j is an error that helps', async (argv, hint) => {
    const { code, err } = await corsmith(['completion', ...argv])
    expect([code, err.includes(hint)]).toEqual([64, true])
  })
})

describe('the words of an option', () => {
  const rows = COMMAND_NAMES.flatMap((command) =>
    Object.entries<CommandOption>(COMMAND_OPTIONS[command]).flatMap(([option, { words }]) =>
      words === undefined ? [] : [{ command, option, words }],
    ),
  )

  it.each(rows)('of corsmith $command --$option are those that it takes', async ({ command, option, words }) => {
    const policy = file('policy.json', '{ "origins": ["https://a.com"] }')
    const args: Record<string, string[]> = {
      check: ['http://127.0.0.1:1/', '--origin', 'https://a.com'],
      explain: [policy, '--origin', 'https://a.com'],
      lint: [policy],
      diff: [policy, policy],
      compile: ['nginx', policy],
      proxy: ['http://127.0.0.1:1', '--policy', policy, '--port', '0'],
    }
    const { err } = await corsmith([command, ...(args[command] ?? []), `--${option}`, 'bogus'])
    const listed = /: write (.*)\n/.exec(err)?.[1]?.split(/, | or /)
    expect(listed).toEqual(words)
  })

  it('has every target', () => expect(CHOOSABLE.length).toBeGreaterThan(30))
})
