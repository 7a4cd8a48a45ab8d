export { session, SessionModule, type SessionModuleStructure } from './session.module.js';
