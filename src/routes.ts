/**
 * A policy per route, chosen by path and method.
 *
 * @module
 */

export { type CorsRoutes, type CorsRoutesOptions, corsRoutes, type FoundRoute } from './routes/cors-routes.ts'
export { type CorsRoutesJson, corsRoutesFromJson, isRoutesJson } from './routes/json.ts'
export type { CorsRoute } from './routes/table.ts'
export type { CheckedRoutes } from './routes/types.ts'
