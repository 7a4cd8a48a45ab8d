import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { Invitation1764000006000 } from './1764000006000-invitation.js';

/** Tables of the module `invitation`. */
export const INVITATION_MIGRATIONS: MigrationGroup = {
  module: 'invitation',
  migrations: [Invitation1764000006000],
};
