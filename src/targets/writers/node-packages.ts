import { READ } from '../../spec/fields.ts'
import type { Can, Fitted } from '../can.ts'
import { exposedNames, headerNames } from '../header-values.ts'
import { EVERY_KIND } from '../origin-regex.ts'
import { list, single } from '../quote.ts'
import { type ForeignTarget, foreign } from '../row.ts'

/** The CORS packages of Express and Fastify, for teams that keep them. */

const PACKAGE: Can = {
  origins: EVERY_KIND,
  quoting: 'any',
  anyMethod: 'without-credentials',
  anyHeader: 'without-credentials',
  headerPatterns: false,
  exposedPatterns: false,
  credentials: 'as-said',
  timing: false,
}

const HANDLERS =
  'Remove what handlers set of Access-Control-… themselves: this package does not replace it for strangers.'
const STRANGERS = 'The preflight of a stranger is handed to the application, without a header.'

export const expressCors: ForeignTarget<'express-cors'> = foreign({
  name: 'express-cors',
  title: 'Express with the cors package',
  kind: 'code',
  language: 'js',
  install: 'npm install cors',
  where: 'Above every route and every other app.use: a preflight must not meet authentication.',
  removes: `Remove every other app.use(cors()) and app.options('*', …). ${HANDLERS}`,
  note: STRANGERS,
  proof: 'run',
  can: PACKAGE,
  write: (policy) => `import cors from 'cors'

${allowedOrigins(policy)}${
  policy.anyOrigin
    ? ''
    : `app.use((req, res, next) => {
  res.vary('Origin')
  next()
})
`
}app.use(
  cors((req, done) => {
${policy.anyOrigin ? '' : "    const origin = req.get('Origin')\n"}    // The package would answer every OPTIONS, and tell strangers the lists.
    const isPreflight = req.method === 'OPTIONS' && req.get('Access-Control-Request-Method') !== undefined
    done(null, {
      ${optionsOf(policy, 6)}
      preflightContinue: !isPreflight,
    })
  }),
)`,
})

export const fastifyCors: ForeignTarget<'fastify-cors'> = foreign({
  name: 'fastify-cors',
  title: 'Fastify with @fastify/cors',
  kind: 'code',
  language: 'js',
  install: 'npm install @fastify/cors',
  where: 'On the root instance, above every other hook and plugin.',
  removes: `Remove every other registration of @fastify/cors. ${HANDLERS}`,
  note: `${STRANGERS} The package registers OPTIONS for every path.`,
  proof: 'run',
  can: PACKAGE,
  write: (policy) => `import fastifyCors from '@fastify/cors'

${allowedOrigins(policy)}await app.register(fastifyCors, {
  delegator: (request, done) => {
${policy.anyOrigin ? '' : '    const { origin } = request.headers\n'}    // The package would refuse every other OPTIONS with 400, and tell strangers the lists.
    const isPreflight = request.method === 'OPTIONS' && ${single(READ.requestMethod)} in request.headers
    done(null, {
      ${optionsOf(policy, 6)}
      preflight: isPreflight,
    })
  },
})`,
})

function allowedOrigins({ anyOrigin, origins }: Fitted): string {
  if (anyOrigin) return '\n'
  const entries = origins.map(({ kind, text, regex }) =>
    kind === 'exact' || kind === 'app' ? single(text) : `/${regex.replaceAll('/', '\\/')}/`,
  )
  return `const allowed = [${entries.join(', ')}]
const isAllowed = (origin) =>
  typeof origin === 'string' &&
  allowed.some((entry) => (typeof entry === 'string' ? entry === origin : entry.test(origin)))
`
}

function optionsOf(policy: Fitted, indentation: number): string {
  const { anyOrigin, credentials, methods, anyMethod, maxAge, status } = policy
  return [
    `origin: ${anyOrigin ? single('*') : 'isAllowed(origin) && origin'},`,
    `methods: [${list(anyMethod ? ['*'] : methods, single)}],`,
    `allowedHeaders: [${list(headerNames(policy), single)}],`,
    ...(exposedNames(policy).length > 0 ? [`exposedHeaders: [${list(exposedNames(policy), single)}],`] : []),
    `credentials: ${credentials},`,
    ...(maxAge === null ? [] : [`maxAge: ${maxAge},`]),
    `optionsSuccessStatus: ${status},`,
  ].join(`\n${' '.repeat(indentation)}`)
}
