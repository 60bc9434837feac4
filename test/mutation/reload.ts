// Loads modules again, in their place: what a module makes while it loads is then made with the mutant that is switched on. A process
// of its own takes seconds for that, and this takes a moment.

/** What is used here of a module that Vite's runner keeps. */
interface Module {
  readonly id: string
  readonly url: string
  readonly file: string
  readonly imports: ReadonlySet<string>
  readonly importers: ReadonlySet<string>
  exports?: object
}

/** What is used here of Vite's module runner. */
export interface Modules {
  readonly evaluatedModules: {
    getModuleById(id: string): Module | undefined
    getModulesByFile(file: string): ReadonlySet<Module> | undefined
  }
  /** Runs the code of a module, and puts what it exports into `exports`. */
  directRequest(url: string, module: Module, callers: readonly string[]): Promise<object>
}

const isTest = ({ file }: Module) => file.endsWith('.test.ts')

/** Gives a source and everything that imports it, over others too: the imported ones first, the tests left out. */
function importersOf(
  modules: Modules,
  file: string,
): { readonly made: readonly Module[]; readonly tests: Set<string> } {
  const reached = new Set<Module>()
  const reach = (module: Module | undefined): void => {
    if (module === undefined || reached.has(module)) return
    reached.add(module)
    for (const id of module.importers) reach(modules.evaluatedModules.getModuleById(id))
  }
  for (const module of modules.evaluatedModules.getModulesByFile(file) ?? []) reach(module)
  const ordered = new Set<Module>()
  const order = (module: Module | undefined, above: readonly Module[]): void => {
    if (module === undefined || !reached.has(module) || ordered.has(module) || above.includes(module)) return
    for (const id of module.imports) order(modules.evaluatedModules.getModuleById(id), [...above, module])
    ordered.add(module)
  }
  for (const module of reached) order(module, [])
  const all = [...ordered]
  return { made: all.filter((one) => !isTest(one)), tests: new Set(all.filter(isTest).map((one) => one.file)) }
}

/** Gives the files of the tests that import a source, over others too. */
export function testsOf(modules: Modules, file: string): ReadonlySet<string> {
  return importersOf(modules, file).tests
}

/**
 * Loads a source again, and everything that imports it. Importers see the new exports, for they ask for each by its name whenever they
 * use it. What a test file made while it loaded stays as it was.
 *
 * @returns what puts the first exports back.
 */
export async function reload(modules: Modules, file: string): Promise<() => void> {
  const before: (readonly [object, PropertyDescriptorMap])[] = []
  const undo = () => {
    for (const [exports, descriptors] of before) Object.defineProperties(exports, descriptors)
  }
  try {
    for (const module of importersOf(modules, file).made) {
      const { exports } = module
      if (exports === undefined) continue
      try {
        const fresh = await modules.directRequest(module.url, module, [])
        before.push([exports, changeable(exports)])
        Object.defineProperties(exports, changeable(fresh))
      } finally {
        module.exports = exports
      }
    }
  } catch (error) {
    undo()
    throw error
  }
  return undo
}

function changeable(exports: object): PropertyDescriptorMap {
  const all = Object.entries(Object.getOwnPropertyDescriptors(exports))
  return Object.fromEntries(all.filter(([, { configurable }]) => configurable))
}
