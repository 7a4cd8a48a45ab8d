import { sessionListing } from '../../src/modules/core/session/session.service.js';
import { TypeOrmSessionRepository } from '../../src/modules/core/session/typeorm-session.repository.js';
import { INVITATION_LISTING } from '../../src/modules/invitation/invitation/invitation.repository.js';
import { TypeOrmInvitationRepository } from '../../src/modules/invitation/invitation/typeorm-invitation.repository.js';
import { MEMBER_LISTING } from '../../src/modules/organization/member/member.repository.js';
import { TypeOrmMemberRepository } from '../../src/modules/organization/member/typeorm-member.repository.js';
import { roleAssignmentListing } from '../../src/modules/rbac/assignment/role-assignment.listing.js';
import { TypeOrmRoleAssignmentRepository } from '../../src/modules/rbac/assignment/typeorm-role-assignment.repository.js';
import { encodeCursor } from '../../src/shared/listing/cursor.js';
import type { TypeOrmContext } from '../../src/shared/persistence/typeorm-context.js';
import type { Question } from './question.js';
import { FIRST_GROUP } from './rows.js';

/** Of one user among a million, and of the organization and the role that every tenth has. */
export async function memberQuestions(context: TypeOrmContext): Promise<Question[]> {
  const [group] = await context.query<{ id: string }>(FIRST_GROUP);
  const [middle] = await context.query<{ id: string; at: Date }>(
    'SELECT id, created_at AS at FROM castellan.users ORDER BY created_at, id OFFSET (SELECT count(*) / 2 FROM castellan.users) LIMIT 1',
  );
  if (!group || !middle) throw new Error('There are no users.');
  const behind = (sortField: string): string =>
    encodeCursor({ sortField, sortDir: 'desc' }, { value: middle.at, id: middle.id }, 'date');
  const members = new TypeOrmMemberRepository(context);
  const invitations = new TypeOrmInvitationRepository(context);
  const assignments = new TypeOrmRoleAssignmentRepository(context);
  const sessions = new TypeOrmSessionRepository(context);
  const listed = (about: string, title: string, ask: () => Promise<unknown>): Question => ({
    about,
    title,
    ask,
  });
  return [
    listed('sessions', 'of a user', () =>
      sessions.listByUser(middle.id, sessionListing.normalize(), new Date(0)),
    ),
    listed('members', 'first page', () => members.list(group.id, MEMBER_LISTING.normalize(), {})),
    listed('members', 'keyset page from the middle', () =>
      members.list(group.id, MEMBER_LISTING.normalize({ cursor: behind('joined_at') }), {}),
    ),
    listed('members', 'by role', () =>
      members.list(group.id, MEMBER_LISTING.normalize({ sort_field: 'role' }), {}),
    ),
    listed('members', 'those of one role', () =>
      members.list(group.id, MEMBER_LISTING.normalize(), { role: 'owner' }),
    ),
    listed('invitations', 'of an organization', () =>
      invitations.list(INVITATION_LISTING.normalize(), { organizationId: group.id }),
    ),
    listed('invitations', 'of an organization, keyset page from the middle', () =>
      invitations.list(INVITATION_LISTING.normalize({ cursor: behind('created_at') }), {
        organizationId: group.id,
      }),
    ),
    listed('invitations', 'of an organization, in one state', () =>
      invitations.list(INVITATION_LISTING.normalize(), { organizationId: group.id, status: 'pending' }),
    ),
    listed('invitations', 'by inviter', () =>
      invitations.list(INVITATION_LISTING.normalize(), { inviterId: middle.id }),
    ),
    listed('invitations', 'by address', () =>
      invitations.list(INVITATION_LISTING.normalize(), { invitees: ['guest5@example.com'] }),
    ),
    listed('holders of a role', 'first page', () =>
      assignments.list(null, roleAssignmentListing.normalize(), { roleId: group.id }),
    ),
    listed('holders of a role', 'keyset page from the middle', () =>
      assignments.list(null, roleAssignmentListing.normalize({ cursor: behind('created_at') }), {
        roleId: group.id,
      }),
    ),
  ];
}
