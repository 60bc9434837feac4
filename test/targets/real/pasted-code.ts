import { stripTypeScriptTypes } from 'node:module'

type Bindings = Readonly<Record<string, unknown>>

/**
 * Runs printed code as the module that it is: each import is looked up among `modules`, what stands around it is given as `scope`, and
 * what is asked for is handed back. An import of something that nothing exports fails, as it would in a real module.
 *
 * @param name the variable to hand back; `default` for the default export
 */
export function runCode(
  text: string,
  modules: Readonly<Record<string, Bindings>>,
  scope: Bindings,
  name: string,
): unknown {
  const { names, values, body } = prepare(text, modules, scope, name)
  return new Function(...names, body)(...values)
}

/** The same for code that awaits. The result stands in an object: an application may have a `then`, and must not be awaited. */
export async function runAwaitingCode(
  text: string,
  modules: Readonly<Record<string, Bindings>>,
  scope: Bindings,
  name: string,
): Promise<{ readonly result: unknown }> {
  const { names, values, body } = prepare(text, modules, scope, name)
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor
  return new AsyncFunction(...names, body.replace(/\nreturn (\w+)$/, '\nreturn { result: $1 }'))(...values)
}

function prepare(text: string, modules: Readonly<Record<string, Bindings>>, scope: Bindings, name: string) {
  const bound: Record<string, unknown> = { ...scope }
  const body = stripTypeScriptTypes(text)
    .replace(
      /^import\s+(?:\{([^}]*)\}|(\w+))\s+from\s+'([^']+)';?$/gm,
      (_, list: string | undefined, own: string, from: string) => {
        const module = modules[from]
        if (module === undefined) throw new Error(`nobody gave the module ${from}`)
        const pairs =
          list === undefined ? [['default', own]] : list.split(',').map((part) => part.trim().split(/\s+as\s+/))
        for (const [key = '', as = key] of pairs) {
          if (!(key in module)) throw new Error(`${from} has no export ${key}`)
          bound[as] = module[key]
        }
        return ''
      },
    )
    .replace(/^export default /m, 'const exported = ')
    .replace(/^export const /gm, 'const ')
  const result = name === 'default' ? 'exported' : name
  const isDeclared = new RegExp(`^const ${result}\\b`, 'm').test(body)
  const isKnown = isDeclared || result in bound
  return {
    names: Object.keys(bound),
    values: Object.values(bound),
    body: isKnown ? `${body}\nreturn ${result}` : body,
  }
}
