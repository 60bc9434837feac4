// Counts what a piece of code does to the globals, by standing in their place while it runs.

/** How often each thing was done, by name: `new Response`, `Headers.get`, `String.split` … */
export type Counts = Readonly<Record<string, number>>

type Restore = () => void

/** Counts the fetch globals: constructions, and every method and accessor of Response, Headers and Request. */
export function countFetch(run: () => unknown): Counts {
  const counts: Record<string, number> = {}
  return counted(run, counts, standIn(counts))
}

function standIn(counts: Record<string, number>): readonly Restore[] {
  const names = ['Response', 'Headers', 'Request'] as const
  return [
    ...names.map((name) => countConstructions(name, counts)),
    ...names.map((name) => countMembers(name, globalThis[name].prototype, counts)),
  ]
}

/** {@link countFetch} for what ends later: counting goes on until the promise is settled. */
export async function countFetchAsync(run: () => unknown): Promise<Counts> {
  const counts: Record<string, number> = {}
  const restores = standIn(counts)
  try {
    await run()
  } finally {
    for (const restore of restores.toReversed()) restore()
  }
  return counts
}

/** Counts the members of built-in classes that are named `Class.member`. */
export function countMembersOf(names: readonly string[], run: () => unknown): Counts {
  const counts: Record<string, number> = {}
  const restores = names.map((name) => {
    const [owner = '', member = ''] = name.split('.')
    const { prototype } = (globalThis as unknown as Record<string, { prototype: object }>)[owner] ?? {}
    if (prototype === undefined) throw new Error(`no global ${owner}`)
    return countMember(name, prototype, member.startsWith('@@') ? symbol(member) : member, counts)
  })
  return counted(run, counts, restores)
}

function symbol(name: string): symbol {
  return (Symbol as unknown as Record<string, symbol>)[name.slice(2)] ?? Symbol()
}

function counted(run: () => unknown, counts: Counts, restores: readonly Restore[]): Counts {
  try {
    run()
  } finally {
    for (const restore of restores.toReversed()) restore()
  }
  return counts
}

function countConstructions(name: 'Response' | 'Headers' | 'Request', counts: Record<string, number>): Restore {
  const original = globalThis[name]
  const proxy = new Proxy(original as unknown as new () => object, {
    construct(target, args, newTarget) {
      counts[`new ${name}`] = (counts[`new ${name}`] ?? 0) + 1
      return Reflect.construct(target, args, newTarget)
    },
  })
  Object.assign(globalThis, { [name]: proxy })
  return () => Object.assign(globalThis, { [name]: original })
}

function countMembers(name: string, prototype: object, counts: Record<string, number>): Restore {
  const keys = Object.getOwnPropertyNames(prototype).filter((key) => key !== 'constructor')
  const restores = keys.map((key) => countMember(`${name}.${key}`, prototype, key, counts))
  return () => {
    for (const restore of restores) restore()
  }
}

function countMember(label: string, prototype: object, key: PropertyKey, counts: Record<string, number>): Restore {
  const original = Object.getOwnPropertyDescriptor(prototype, key)
  if (original === undefined) throw new Error(`no ${label}`)
  const note = <F extends (...args: never[]) => unknown>(call: F) =>
    function (this: unknown, ...args: never[]): unknown {
      counts[label] = (counts[label] ?? 0) + 1
      return Reflect.apply(call, this, args)
    }
  const { value, get, set } = original
  Object.defineProperty(prototype, key, {
    ...original,
    ...(typeof value === 'function' ? { value: note(value) } : {}),
    ...(get === undefined ? {} : { get: note(get) }),
    ...(set === undefined ? {} : { set: note(set) }),
  })
  return () => Object.defineProperty(prototype, key, original)
}
