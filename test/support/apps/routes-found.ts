// Prints which routes may serve each spelling of a path.

import { corsRoutes } from '../../../src/routes.ts'
import { ROUTES } from '../../routes/table.ts'

const cors = corsRoutes(
  ROUTES.map(([name, path, methods], i) => ({
    path,
    policy: { origins: [`https://${name}.example`], maxAge: i },
    ...(methods.length > 0 && { methods }),
  })),
)
const paths = ['/admin', '/admin/x', '/reports/7', '/items/7', '/Files/a%20b/c', '/Files/é/c', '/']
const ways: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}/`,
  (path) => path.replace('a', '%61'),
  (path) => path.replace('a', '%2561'),
  (path) => path.toUpperCase(),
  (path) => path.replaceAll('/', '//'),
  (path) => path.replaceAll('/', '%2f'),
  (path) => `/x/..${path}`,
  (path) => `/x%2f..${path}`,
  (path) => `${path};a=1`,
  (path) => path.replaceAll('/', '\\'),
  (path) => `${path}%00`,
  (path) => `${path}%c0%ae`,
  (path) => `${path}%zz%`,
  (path) => `${path}?a=/admin#b`,
]
for (const path of paths)
  for (const way of ways)
    for (const method of ['GET', 'PUT']) {
      const { routes, isAmbiguous } = cors.find(method, `https://api.example${way(path)}`)
      console.log(`${method} ${way(path)} ${routes.join()} ${isAmbiguous}`)
    }
