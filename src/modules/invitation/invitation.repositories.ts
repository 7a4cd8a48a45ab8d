import type { RepositoryBinding } from '../../shared/persistence/storage.js';
import { AuthInvitation } from './invitation/auth-invitation.entity.js';
import { InMemoryInvitationRepository } from './invitation/in-memory-invitation.repository.js';
import { InvitationRepository } from './invitation/invitation.repository.js';
import { TypeOrmInvitationRepository } from './invitation/typeorm-invitation.repository.js';

/** The module's table. */
export const INVITATION_ENTITIES = [AuthInvitation];

/** The module's port and what ships for it. */
export const INVITATION_REPOSITORIES: readonly RepositoryBinding[] = [
  {
    port: InvitationRepository,
    typeorm: TypeOrmInvitationRepository,
    memory: InMemoryInvitationRepository,
  },
];
