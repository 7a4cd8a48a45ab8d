export { stateless, StatelessModule, type StatelessModuleStructure } from './stateless.module.js';
export type { StatelessOptions } from './stateless.options.js';
export { STATELESS_ENTITIES, STATELESS_REPOSITORIES } from './stateless.repositories.js';
export type { BlacklistEntry, RevokedSession, RevokedUser, TokenReference } from './blacklist/blacklist.js';
export { BlacklistRepository } from './blacklist/blacklist.repository.js';
