import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { StatelessBlacklist1764000001000 } from './1764000001000-stateless-blacklist.js';
import { StatelessStaleClaims1764000001100 } from './1764000001100-stateless-stale-claims.js';

export const STATELESS_MIGRATIONS: MigrationGroup = {
  module: 'stateless',
  migrations: [StatelessBlacklist1764000001000, StatelessStaleClaims1764000001100],
};
