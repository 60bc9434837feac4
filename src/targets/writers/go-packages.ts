import type { Can, Fitted } from '../can.ts'
import { exposedNames, headerNames } from '../header-values.ts'
import { anyOf, EVERY_KIND } from '../origin-regex.ts'
import { double, list } from '../quote.ts'
import { type ForeignTarget, foreign } from '../row.ts'

const GO: Can = {
  origins: EVERY_KIND,
  quoting: 'any',
  anyMethod: 'never',
  // For "*", it repeats the names that were asked for, with Authorization.
  anyHeader: 'all',
  headerPatterns: false,
  exposedPatterns: false,
  credentials: 'as-said',
  timing: false,
}

export const rsCors: ForeignTarget<'rs-cors'> = foreign({
  name: 'rs-cors',
  title: 'Go with rs/cors',
  kind: 'code',
  language: 'go',
  install: 'go get github.com/rs/cors',
  where:
    'Where the server is started, with github.com/rs/cors: around the whole mux, outside authentication. "GET /items" of http.ServeMux matches no OPTIONS, so inside the mux a preflight would be a 405.',
  removes:
    'Remove every other CORS middleware, and w.Header().Set("Access-Control-…"): what a handler sets replaces what is written here, for strangers too.',
  note: 'The answer to an allowed preflight names what was asked for. AllowedOrigins of this library ignores case, so a function compares here.',
  proof: 'run',
  can: GO,
  write: (policy) => {
    const { anyOrigin, credentials, methods, anyHeader, requestHeaders, maxAge, status } = policy
    // Without a list it allows Content-Type and X-Requested-With. Accept needs no permission.
    const headers = anyHeader ? ['*'] : requestHeaders.length > 0 ? requestHeaders : ['Accept']
    const fields = [
      anyOrigin ? `AllowedOrigins: ${strings(['*'])},` : 'AllowOriginFunc: allowedOrigins.MatchString,',
      `AllowedMethods: ${strings(methods)},`,
      `AllowedHeaders: ${strings(headers)},`,
      `ExposedHeaders: ${strings(exposedNames(policy))},`,
      `AllowCredentials: ${credentials},`,
      // In this library 0 leaves the time to the browser, and -1 means 0.
      ...(maxAge === null ? [] : [`MaxAge: ${maxAge === 0 ? -1 : maxAge},`]),
      `OptionsSuccessStatus: ${status},`,
    ]
    return `${allowed(policy)}handleCors := cors.New(cors.Options{
	${fields.join('\n\t')}
})
log.Fatal(http.ListenAndServe(":8080", handleCors.Handler(mux)))`
  },
})

export const gin: ForeignTarget<'gin'> = foreign({
  name: 'gin',
  title: 'Gin',
  kind: 'code',
  language: 'go',
  install: 'go get github.com/gin-contrib/cors',
  where:
    'Right below gin.New(), with github.com/gin-contrib/cors, above every other router.Use: a preflight must not meet authentication.',
  removes:
    'Remove every other CORS middleware, and c.Header("Access-Control-…"): what a handler sets replaces what is written here.',
  note: 'The library answers every request of a stranger with an empty 403, so that it does not reach a handler, and every OPTIONS of an allowed page. It takes http:// and https:// of its own host for the same origin.',
  proof: 'run',
  can: {
    ...GO,
    methods: 'upper-case',
    anyMethod: 'without-credentials',
    anyHeader: 'without-credentials',
    // It sends no Access-Control-Max-Age: 0.
    leastAge: 1,
  },
  write: (policy) => {
    const { anyOrigin, credentials, methods, anyMethod, maxAge, status } = policy
    const fields = [
      anyOrigin ? 'AllowAllOrigins: true,' : 'AllowOriginFunc: allowedOrigins.MatchString,',
      `AllowMethods: ${strings(anyMethod ? ['*'] : methods)},`,
      `AllowHeaders: ${strings(headerNames(policy))},`,
      `ExposeHeaders: ${strings(exposedNames(policy))},`,
      `AllowCredentials: ${credentials},`,
      ...(maxAge === null ? [] : [`MaxAge: ${maxAge} * time.Second,`]),
      `OptionsResponseStatusCode: ${status},`,
    ]
    return `${allowed(policy)}router.Use(func(c *gin.Context) { c.Writer.Header().Add("Vary", "Origin") })
router.Use(cors.New(cors.Config{
	${fields.join('\n\t')}
}))`
  },
})

function allowed({ anyOrigin, origins }: Fitted): string {
  return anyOrigin ? '' : `allowedOrigins := regexp.MustCompile(${double(anyOf(origins))})\n`
}

function strings(names: readonly string[]): string {
  return `[]string{${list(names, double)}}`
}
