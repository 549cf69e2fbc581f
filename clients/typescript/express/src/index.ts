export { type DeviceRequest, deviceOf } from './device.js';
export { type DeviceRoutesOptions, deviceRoutes } from './device-routes.js';
export { SessionStoreError } from './errors.js';
export type { PassportValidation } from './kept.js';
export {
  requireSession,
  requireSignIn,
  type SessionRequest,
  type SessionResponse,
  type SessionsOptions,
  type SignIn,
  type SignInRequirement,
  sessions,
} from './middleware.js';
export { type PassportRequest, requirePassport, type Verifier } from './passports.js';
export { type Middleware, type Next, requireSameOrigin, type WebRequest, type WebResponse } from './request.js';
export { SessionStore } from './store.js';
export type { SessionStoreOptions } from './store-options.js';
