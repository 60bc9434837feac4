import { exposedNames, headerNames } from '../header-values.ts'
import { double, list } from '../quote.ts'
import { type ForeignTarget, foreign } from '../row.ts'

export const go: ForeignTarget<'go'> = foreign({
  name: 'go',
  title: 'Go',
  kind: 'code',
  language: 'go',
  where:
    'Where the server is started, with github.com/jub0bs/cors: around the whole mux, outside authentication. "GET /items" of http.ServeMux matches no OPTIONS, so inside the mux a preflight would be a 405.',
  removes:
    'Remove gin-contrib/cors, rs/cors or echo\'s CORS middleware, and w.Header().Set("Access-Control-…"): for strangers what a handler sets stays as it is.',
  note: 'A "*" also matches what no host of a page is, such as an empty label; only the owner of the domain could give out such a name.',
  proof: 'run',
  can: {
    origins: ['exact', 'app', 'labels', 'ports', 'labels-ports'],
    strictHosts: true,
    quoting: 'any',
    anyMethod: 'always',
    anyHeader: 'without-credentials',
    headerPatterns: false,
    exposedPatterns: false,
    credentials: 'as-said',
    // Its latest releases leave no choice.
    status: 204,
    timing: false,
  },
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, anyMethod, maxAge } = policy
    const strings = (names: readonly string[]) => `[]string{${list(names, double)}}`
    const isInsecure =
      credentials && origins.some(({ text }) => !/^(https:|http:\/\/(localhost|127\.|\[::1\]))/.test(text))
    const fields = [
      `Origins:         ${strings(anyOrigin ? ['*'] : origins.map(({ text }) => text))},`,
      `Methods:         ${strings(anyMethod ? ['*'] : methods)},`,
      `RequestHeaders:  ${strings(headerNames(policy))},`,
      `ResponseHeaders: ${strings(exposedNames(policy))},`,
      `Credentialed:    ${credentials},`,
      // In this library 0 leaves the time to the browser, and -1 means 0.
      ...(maxAge === null ? [] : [`MaxAgeInSeconds: ${maxAge === 0 ? -1 : maxAge},`]),
      // The policy was checked for public suffixes. The library takes "localhost" for one too.
      ...(credentials && origins.some(({ kind }) => kind.startsWith('labels'))
        ? ['DangerouslyTolerateSubdomainsOfPublicSuffixes: true,']
        : []),
      ...(isInsecure ? ['DangerouslyTolerateInsecureOrigins: true,'] : []),
    ]
    return `mw, err := cors.NewMiddleware(cors.Config{
	${fields.join('\n\t')}
})
if err != nil {
	log.Fatal(err)
}
log.Fatal(http.ListenAndServe(":8080", mw.Wrap(mux)))`
  },
})
