/** Go programs with printed code in them: one program for all texts, since a build takes seconds. */
import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Component } from '../../support/component.ts'
import { launchKept } from '../../support/launched.ts'
import { type Farm, freePorts, listening, type Open } from './farm.ts'

const run = promisify(execFile)

/** The libraries, with the versions that are proven. */
export const GO_VERSIONS = { 'rs-cors': 'v1.11.1', gin: 'v1.7.7', go: 'v0.13.0' } as const

const REQUIRES = {
  'rs-cors': [`github.com/rs/cors@${GO_VERSIONS['rs-cors']}`],
  go: [`github.com/jub0bs/cors@${GO_VERSIONS.go}`],
  gin: [`github.com/gin-contrib/cors@${GO_VERSIONS.gin}`, 'github.com/gin-gonic/gin@v1.12.0'],
} as const

/** A folder that stays between runs, so that modules are fetched and compiled once. */
const CACHE = join(homedir(), '.cache', 'corsmith-components', 'go')

/** Looks for Go and for the modules. */
export async function findGo(target: keyof typeof REQUIRES): Promise<Component> {
  const cure = 'install Go and let it reach a module proxy'
  try {
    const folder = join(CACHE, target)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'go.mod'), `module proof\n\ngo 1.24\n`)
    await run('go', ['get', ...REQUIRES[target]], { cwd: folder, timeout: 120_000 })
    return { name: `Go with ${REQUIRES[target][0]}`, cure, present: true }
  } catch {
    return { name: `Go with ${REQUIRES[target][0]}`, cure, present: false }
  }
}

const COMMON = `
func status(r *http.Request) int {
	switch {
	case r.Method == "OPTIONS", strings.HasPrefix(r.URL.Path, "/closed"):
		return 401
	case strings.HasPrefix(r.URL.Path, "/missing"):
		return 404
	case strings.HasPrefix(r.URL.Path, "/moved"):
		return 302
	case strings.HasPrefix(r.URL.Path, "/error"):
		return 500
	}
	return 200
}

func answer(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("ETag", "\\"1\\"")
	w.Header().Add("Vary", "Accept-Encoding")
	if status(r) == 302 {
		w.Header().Set("Location", "/x")
	}
	w.WriteHeader(status(r))
	w.Write([]byte("ok"))
	if f, ok := w.(http.Flusher); ok && strings.HasPrefix(r.URL.Path, "/stream") {
		f.Flush()
		w.Write([]byte("c"))
	}
}

func serve(port string, handler http.Handler) {
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, handler))
}
`

const PROGRAMS = {
  go: {
    imports: ['log', 'net/http', 'regexp', 'strings', 'github.com/jub0bs/cors'],
    one: (text: string, i: number) => `func handler${i}() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", answer)
${text.replace(/log\.Fatal\(http\.ListenAndServe\(":8080", (.*)\)\)$/m, 'return $1')}
}`,
  },
  'rs-cors': {
    imports: ['log', 'net/http', 'regexp', 'strings', 'github.com/rs/cors'],
    one: (text: string, i: number) => `func handler${i}() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", answer)
${text.replace(/log\.Fatal\(http\.ListenAndServe\(":8080", (.*)\)\)$/m, 'return $1')}
}`,
  },
  gin: {
    imports: [
      'log',
      'net/http',
      'regexp',
      'strings',
      'time',
      'github.com/gin-contrib/cors',
      'github.com/gin-gonic/gin',
    ],
    one: (text: string, i: number) => `func handler${i}() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
${text}
	router.NoRoute(func(c *gin.Context) { answer(c.Writer, c.Request) })
	return router
}`,
  },
} as const

/** Builds and starts one program with every text in it. */
export function openGo(target: keyof typeof PROGRAMS): Open {
  return async (texts): Promise<Farm> => {
    const folder = join(CACHE, target)
    const { imports, one } = PROGRAMS[target]
    const ports = await freePorts(texts.length)
    const unused = ['var _ = regexp.MustCompile', ...(target === 'gin' ? ['var _ time.Duration'] : [])]
    const source = [
      'package main',
      `import (\n${imports.map((name) => `\t"${name}"`).join('\n')}\n)`,
      ...unused,
      COMMON,
      ...texts.map(one),
      `func main() {\n${texts.map((_, i) => `\tgo serve("${ports[i]}", handler${i}())`).join('\n')}\n\tselect {}\n}`,
    ].join('\n\n')
    const made = await mkdtemp(join(tmpdir(), 'corsmith-go-'))
    writeFileSync(join(folder, 'main.go'), source)
    await run('go', ['mod', 'tidy'], { cwd: folder, timeout: 300_000 })
    await run('go', ['build', '-o', join(made, 'program'), '.'], { cwd: folder, timeout: 580_000 })
    const command = launchKept(join(made, 'program'), [])
    const origins = ports.map((port) => `http://127.0.0.1:${port}`)
    for (const origin of [origins[0], origins.at(-1)]) await listening(command, `${origin}/`, texts.join('\n'))
    return {
      origins,
      close: async () => {
        await command.close()
        rmSync(made, { recursive: true, force: true })
      },
    }
  }
}
