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
  if (!isDeclared && !(result in bound)) return new Function(...Object.keys(bound), body)(...Object.values(bound))
  return new Function(...Object.keys(bound), `${body}\nreturn ${result}`)(...Object.values(bound))
}
