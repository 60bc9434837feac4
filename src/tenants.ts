/**
 * Policies of many tenants, kept in a store.
 *
 * @module
 */

export { createTenants } from './tenants/create.ts'
export { readDocument } from './tenants/document.ts'
export { type AuditRecord, type Confirmation, type EditResult, editTenant, type TenantEdit } from './tenants/edit.ts'
export { byHeader, byHost, byPath, isTenantName } from './tenants/identify.ts'
export { addPreview, type PreviewResult, removePreview } from './tenants/previews.ts'
export { type D1, d1Store } from './tenants/stores/d1.ts'
export { type DenoKv, denoKvStore } from './tenants/stores/deno-kv.ts'
export {
  type DurableObjects,
  type DurableStorage,
  durableObjectStore,
  tenantObject,
} from './tenants/stores/durable-object.ts'
export { memoryStore } from './tenants/stores/memory.ts'
export { type NatsBucket, natsKvStore } from './tenants/stores/nats-kv.ts'
export { type PostgresClient, type PostgresListener, postgresStore } from './tenants/stores/postgres.ts'
export { type RedisClient, type RedisSubscriber, redisStore } from './tenants/stores/redis.ts'
export { tenantTable } from './tenants/stores/sql.ts'
export { type KvNamespace, workersKv } from './tenants/stores/workers-kv.ts'
export {
  type Preview,
  type TenantDocument,
  TenantError,
  type TenantErrorCode,
  type TenantStore,
  type Tenants,
  type TenantsOptions,
  type TenantsStats,
  type WritableTenantStore,
} from './tenants/types.ts'
export { unionOf } from './tenants/union.ts'
