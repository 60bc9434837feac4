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
export { memoryStore } from './tenants/stores/memory.ts'
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
