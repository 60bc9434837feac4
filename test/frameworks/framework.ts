/** What a page asks, and how the answer is judged. */
export type Column = 'get' | 'put' | 'stranger' | 'error' | 'missing' | 'unset'

export const COLUMNS: Readonly<Record<Column, string>> = {
  get: 'GET is shared',
  put: 'preflighted call is shared',
  stranger: 'stranger is refused',
  error: 'error is readable',
  missing: '404 is readable',
  unset: 'unset variable',
}

/** A call of a page. The path begins at the server. */
export interface Call {
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The calls that differ from {@link CALLS}, for servers with a protocol of their own. */
export type Calls = Readonly<Record<'get' | 'put' | 'error' | 'missing', Call>>

export const CALLS: Calls = {
  get: { path: '/api/items' },
  put: json('PUT', '/api/items', '{"name":"lamp"}'),
  // The framework reads the body, fails, and renders the error itself.
  error: json('PUT', '/api/items', '{"name":'),
  missing: { path: '/nowhere' },
}

export function json(method: string, path: string, body: string): Call {
  return { path, method, headers: { 'Content-Type': 'application/json' }, body }
}

/** One row of the table. */
export interface Framework {
  readonly name: string
  /** The heading in docs/frameworks.md. Its code blocks are the files of the application. */
  readonly section: string
  /** The packages, with exact versions, as the section's install line names them. The first is the framework. */
  readonly packages: Readonly<Record<string, string>>
  /** The files that the framework's own starter brings, and whose content the documentation does not repeat. */
  readonly files?: Readonly<Record<string, string>>
  /** The type of the project's package.json. */
  readonly type?: 'module' | 'commonjs'
  readonly build?: readonly string[]
  /** The command. `{port}` stands for a free port; 3000 in the files is replaced by it too. */
  readonly start: readonly string[]
  /** Whether the command is a development server, which wants NODE_ENV=development. */
  readonly isDevelopment?: true
  /** The host of the server as pages write it; localhost if it is not named. Pages stand on 127.0.0.1. */
  readonly host?: '127.0.0.1'
  /** Where variables stand, if not in the environment: gives the arguments that set them. */
  readonly variables?: (origins: string | null) => readonly string[]
  readonly calls?: Partial<Calls>
  /** What happens without the variable: the command ends, the build ends, each request fails, or no other origin may read. */
  readonly unset: 'start' | 'build' | 'request' | 'silence'
  /** A column that the framework makes impossible, with the reason. It is asked all the same, and must fail. */
  readonly limits?: Partial<Record<Column, string>>
}

/** What came of one column: null where it is as promised. */
export type Outcome = { readonly column: Column; readonly seen: string; readonly fault: string | null }
