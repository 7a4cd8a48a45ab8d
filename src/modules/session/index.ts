export {
  session,
  SessionModule,
  type SessionModuleOptions,
  type SessionModuleStructure,
} from './session.module.js';
export type { SessionCacheOptions } from './session.options.js';
