import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { TwoFactor1764000003000 } from './1764000003000-two-factor.js';

export const TWO_FACTOR_MIGRATIONS: MigrationGroup = {
  module: 'two-factor',
  migrations: [TwoFactor1764000003000],
};
