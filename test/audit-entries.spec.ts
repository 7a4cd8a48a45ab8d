import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as admin from '../src/modules/admin/admin.events.js';
import * as core from '../src/modules/core/core.events.js';
import { AddressClaimed } from '../src/modules/core/verification/address-claim.js';
import * as invitation from '../src/modules/invitation/invitation.events.js';
import * as magicLink from '../src/modules/magic-link/magic-link.events.js';
import * as oauth from '../src/modules/oauth/oauth.events.js';
import * as organization from '../src/modules/organization/organization.events.js';
import * as rbac from '../src/modules/rbac/rbac.events.js';
import type { RoleRecord } from '../src/modules/rbac/role/role.js';
import * as twoFactor from '../src/modules/two-factor/two-factor.events.js';
import { AuthEvent } from '../src/shared/events/auth-event.js';
import { type ClientInfo, SYSTEM_CLIENT } from '../src/shared/http/client-info.js';

const AT = new Date('2026-01-02T03:04:05.678Z');
const USER = '00000000-0000-7000-8000-00000000000a';
const OTHER = '00000000-0000-7000-8000-00000000000b';
const ORGANIZATION = '00000000-0000-7000-8000-00000000000c';
const THING = '00000000-0000-7000-8000-00000000000d';
const CLIENT: ClientInfo = {
  ipAddress: '203.0.113.9',
  userAgent: 'Firefox',
  requestId: '00000000-0000-4000-8000-000000000001',
  deviceHash: 'device-hash-of-a-secret',
};
const OWN: ClientInfo = { ...CLIENT, actor: { id: USER } };
const ADMIN: ClientInfo = { ...CLIENT, actor: { id: OTHER } };
const ROLE: RoleRecord = {
  id: THING,
  realmId: '00000000-0000-7000-8000-000000000001',
  organizationId: null,
  slug: 'editor',
  name: 'Editor',
  description: 'free text of whoever made the role',
  permissions: ['post:write', 'post:read'],
  reserved: false,
  createdAt: AT,
  updatedAt: AT,
};
const OWN_ROLE = { ...ROLE, organizationId: ORGANIZATION };

const INVITATION = {
  id: THING,
  organizationId: ORGANIZATION,
  role: 'member',
  purpose: 'organization',
} as const;
const INVITER: invitation.InvitationActor = { userId: OTHER, type: 'user', client: ADMIN };
const NOBODY: invitation.InvitationActor = { userId: null, type: 'system', client: SYSTEM_CLIENT };
const INVITED: invitation.InvitationActor = { userId: USER, type: 'user', client: OWN };

type Row = readonly [event: AuthEvent, action: string | null, actorType?: string, actorId?: string | null];

/** Every event, and the record that it leaves: who did what. */
const RECORDS: readonly Row[] = [
  [new core.UserRegistered(USER, CLIENT, AT), 'user.register', 'user', USER],
  [new core.UserRegistered(USER, SYSTEM_CLIENT, AT), 'user.register', 'system', null],
  [new core.UserRegistered(USER, ADMIN, AT), 'user.register', 'admin', OTHER],
  [new core.SuperAdminCreated(USER, SYSTEM_CLIENT, AT), 'admin.user.create_super_admin', 'system', null],
  [new core.EmailVerified(USER, CLIENT, AT), 'user.email.verify', 'user', USER],
  [new core.PhoneNumberVerified(USER, CLIENT, AT), 'user.phone.verify', 'user', USER],
  [new core.EmailChanged(USER, CLIENT, AT), 'auth.email.change', 'user', USER],
  [new core.PhoneNumberChanged(USER, CLIENT, AT), 'auth.phone.change', 'user', USER],
  [new core.EmailRemoved(USER, OWN, AT), 'auth.email.remove', 'user', USER],
  [new core.PhoneNumberRemoved(USER, OWN, AT), 'auth.phone.remove', 'user', USER],
  [new core.UsernameChanged(USER, OWN, AT), 'user.username.change', 'user', USER],
  [new core.ProfileChanged(USER, OWN, AT), 'user.profile.change', 'user', USER],
  [new core.PasswordChanged(USER, OWN, AT), 'auth.password.change', 'user', USER],
  [new core.PasswordChanged(USER, ADMIN, AT), 'admin.user.password.set', 'admin', OTHER],
  [new core.PasswordReset(USER, CLIENT, AT), 'auth.password.reset', 'user', USER],
  [new core.UserDeleted(USER, OWN, AT), 'user.delete', 'user', USER],
  [new core.UserDeleted(USER, ADMIN, AT), 'admin.user.delete', 'admin', OTHER],
  [new core.UserDeleted(USER, SYSTEM_CLIENT, AT), 'admin.user.delete', 'system', null],
  [new core.UserRestored(USER, ADMIN, AT), 'admin.user.restore', 'admin', OTHER],
  [new core.UserBanned(USER, ADMIN, AT), 'admin.user.ban', 'admin', OTHER],
  [new core.UserUnbanned(USER, SYSTEM_CLIENT, AT), 'admin.user.unban', 'system', null],
  [new core.AccountLocked(USER, CLIENT, AT), 'security.account.lock', 'anonymous', null],
  [new core.LoginFailed(USER, 'invalid_credentials', CLIENT, AT), 'auth.login.failed', 'anonymous', null],
  [new core.LoginFailed(null, 'locked', CLIENT, AT), 'auth.login.failed', 'anonymous', null],
  [new core.LoginChallenged(USER, ['two_factor'], CLIENT, AT), null],
  [new core.LoginChallengePassed(USER, CLIENT, AT), null],
  [new core.SessionCreated(USER, THING, ['pwd'], CLIENT, AT), 'auth.login', 'user', USER],
  [new core.ClaimsChanged([{ id: USER, claimsVersion: 2 }], AT), null],
  [new core.SessionRefreshed(USER, THING, CLIENT, AT), null],
  [new core.SessionsRevoked(USER, [THING], 'logout', null, OWN, AT), 'auth.logout', 'user', USER],
  [new core.SessionsRevoked(USER, [THING], 'user_revoke', null, OWN, AT), 'session.revoke', 'user', USER],
  [
    new core.SessionsRevoked(USER, [THING], 'admin_revoke', null, ADMIN, AT),
    'session.revoke',
    'admin',
    OTHER,
  ],
  [new core.SessionsRevoked(USER, [], 'user_revoke_all', null, OWN, AT), null],
  [new core.SessionsRevoked(USER, [THING], 'refresh_reuse_detected', null, CLIENT, AT), null],
  [new core.RefreshTokenReused(USER, THING, CLIENT, AT), 'auth.refresh.reuse', 'anonymous', null],
  [new AddressClaimed(USER, CLIENT, AT), 'security.account.claim', 'user', USER],
  [
    new magicLink.MagicLinkSent(USER, 'ada@example.com', CLIENT, AT),
    'auth.magic_link.send',
    'anonymous',
    null,
  ],
  [
    new magicLink.MagicLinkSent(null, 'ada@example.com', CLIENT, AT),
    'auth.magic_link.send',
    'anonymous',
    null,
  ],
  [new magicLink.MagicLinkRedeemed(USER, true, CLIENT, AT), null],
  [new oauth.OAuthAccountLinked(USER, THING, 'google', 'user', OWN, AT), 'auth.oauth.link', 'user', USER],
  [new oauth.OAuthAccountUnlinked(USER, THING, 'google', 'user', OWN, AT), 'auth.oauth.unlink', 'user', USER],
  [new twoFactor.TwoFactorEnabled(USER, ['totp'], OWN, AT), 'auth.two_factor.enable', 'user', USER],
  [new twoFactor.TwoFactorDisabled(USER, ['totp'], OWN, AT), 'auth.two_factor.disable', 'user', USER],
  [new twoFactor.TwoFactorFailed(USER, ['totp'], CLIENT, AT), 'auth.two_factor.failed', 'anonymous', null],
  [
    new twoFactor.TwoFactorCleared(USER, ['totp'], OTHER, 'lost', ADMIN, AT),
    'admin.user.two_factor.reset',
    'admin',
    OTHER,
  ],
  [new twoFactor.BackupCodesReplaced(USER, OWN, AT), 'auth.two_factor.backup_codes_replace', 'user', USER],
  [new twoFactor.BackupCodeUsed(USER, 9, CLIENT, AT), 'auth.two_factor.backup_code_used', 'user', USER],
  [new twoFactor.DeviceTrusted(USER, [THING], CLIENT, AT), 'auth.two_factor.device_trust', 'user', USER],
  [new twoFactor.DeviceTrustEnded(USER, [THING], OWN, AT), 'auth.two_factor.device_distrust', 'user', USER],
  [new rbac.RoleCreated(ROLE, OTHER, ADMIN, AT), 'role.create', 'admin', OTHER],
  [new rbac.RoleCreated(OWN_ROLE, OTHER, ADMIN, AT), 'organization.role.create', 'user', OTHER],
  [
    new rbac.RoleUpdated(ROLE, { ...ROLE, permissions: ['post:read'] }, OTHER, ADMIN, AT),
    'role.update',
    'admin',
    OTHER,
  ],
  [new rbac.RoleDeleted(ROLE, null, SYSTEM_CLIENT, AT), 'role.delete', 'system', null],
  [new rbac.RoleGranted(USER, null, ROLE, OTHER, ADMIN, AT), 'role.grant', 'admin', OTHER],
  [
    new rbac.RoleGranted(USER, ORGANIZATION, ROLE, OTHER, ADMIN, AT),
    'organization.role.grant',
    'user',
    OTHER,
  ],
  [new rbac.RoleRevoked(USER, null, ROLE, OTHER, ADMIN, AT), 'role.revoke', 'admin', OTHER],
  [new invitation.InvitationCreated(INVITATION, INVITER, AT), 'invitation.create', 'user', OTHER],
  [new invitation.InvitationResent(INVITATION, INVITER, AT), 'invitation.resend', 'user', OTHER],
  [new invitation.InvitationDeclined(INVITATION, INVITED, AT), 'invitation.decline', 'user', USER],
  [new invitation.InvitationRevoked(INVITATION, INVITER, AT), 'invitation.revoke', 'user', OTHER],
  [new invitation.InvitationExpired(INVITATION, NOBODY, AT), 'invitation.expire', 'system', null],
  [new invitation.InvitationAccepted(INVITATION, USER, true, INVITED, AT), 'invitation.accept', 'user', USER],
  [new admin.AdminUserCreated(USER, OTHER, 'admin', ADMIN, AT), 'admin.user.create', 'admin', OTHER],
  [new admin.AdminUserCreated(USER, null, 'import', SYSTEM_CLIENT, AT), 'admin.user.import', 'system', null],
  [
    new admin.AdminPasswordResetForced(USER, OTHER, ADMIN, AT),
    'admin.user.password.force_reset',
    'admin',
    OTHER,
  ],
  [new admin.AdminUserActivated(USER, OTHER, ADMIN, AT), 'admin.user.activate', 'admin', OTHER],
  [new admin.AdminUserDeactivated(USER, OTHER, ADMIN, AT), 'admin.user.deactivate', 'admin', OTHER],
  [new admin.AdminUserUnlocked(USER, OTHER, ADMIN, AT), 'admin.user.unlock', 'admin', OTHER],
  [new admin.SuperAdminGranted(USER, OTHER, ADMIN, AT), 'admin.user.super_admin.grant', 'admin', OTHER],
  [new admin.SuperAdminRevoked(USER, OTHER, ADMIN, AT), 'admin.user.super_admin.revoke', 'admin', OTHER],
  [new admin.AdminUserExported(USER, OTHER, ADMIN, AT), 'admin.user.export', 'admin', OTHER],
  [new admin.UsersDumped(SYSTEM_CLIENT, AT), 'admin.users.dump', 'system', null],
  [
    new admin.ImpersonationStarted(USER, OTHER, THING, 'a ticket', AT, ADMIN, AT),
    'admin.user.impersonate',
    'admin',
    OTHER,
  ],
  [new admin.ImpersonationEnded(USER, OTHER, THING, ADMIN, AT), 'admin.user.impersonate.end', 'admin', OTHER],
  [new organization.OrganizationCreated(ORGANIZATION, USER, OWN, AT), 'organization.create', 'user', USER],
  [new organization.OrganizationUpdated(ORGANIZATION, USER, OWN, AT), 'organization.update', 'user', USER],
  [
    new organization.OrganizationDeleted(ORGANIZATION, null, SYSTEM_CLIENT, AT),
    'organization.delete',
    'system',
    null,
  ],
  [
    new organization.OrganizationMemberAdded(ORGANIZATION, USER, OTHER, ADMIN, AT),
    'organization.member.add',
    'user',
    OTHER,
  ],
  [
    new organization.OrganizationMemberRemoved(ORGANIZATION, USER, OTHER, ADMIN, AT),
    'organization.member.remove',
    'user',
    OTHER,
  ],
  [
    new organization.OrganizationMemberRemoved(ORGANIZATION, USER, USER, OWN, AT),
    'organization.member.leave',
    'user',
    USER,
  ],
  [
    new organization.OrganizationOwnershipTransferred(ORGANIZATION, USER, OTHER, ADMIN, AT),
    'organization.transfer',
    'user',
    OTHER,
  ],
  [
    new organization.OrganizationMemberRoleChanged(ORGANIZATION, USER, 'member', 'admin', OTHER, ADMIN, AT),
    'organization.member.role_change',
    'user',
    OTHER,
  ],
  [
    new organization.OrganizationTeamCreated(ORGANIZATION, THING, USER, OWN, AT),
    'organization.team.create',
    'user',
    USER,
  ],
  [
    new organization.OrganizationTeamUpdated(ORGANIZATION, THING, USER, OWN, AT),
    'organization.team.update',
    'user',
    USER,
  ],
  [
    new organization.OrganizationTeamDeleted(ORGANIZATION, THING, USER, OWN, AT),
    'organization.team.delete',
    'user',
    USER,
  ],
];

/** Every event class under src/modules, found in the source, so that a new one fails until it has its row. */
async function eventClasses(): Promise<string[]> {
  const root = join(import.meta.dirname, '../src/modules');
  const found: string[] = [];
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
    const source = readFileSync(join(root, file), 'utf8');
    if (!/class \w+ extends \w*Event\b|class \w+ extends \w+Event</.test(source)) continue;
    const module = (await import(join(root, file))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      if (typeof value !== 'function' || !(value.prototype instanceof AuthEvent)) continue;
      if (source.includes(`abstract class ${name} `)) continue;
      found.push(name);
    }
  }
  return found.sort();
}

describe('What events leave in the audit log', () => {
  it('is stated here for every event', async () => {
    const stated = [...new Set(RECORDS.map(([event]) => event.constructor.name))].sort();
    expect(stated).toEqual(await eventClasses());
  });

  it.each(
    RECORDS.map(([event, action, actorType, actorId]) => ({
      name: event.constructor.name,
      event,
      action,
      actorType,
      actorId,
    })),
  )('$name is $action by $actorType', ({ event, action, actorType, actorId }) => {
    const entry = event.audit();
    expect(entry && entry.action).toBe(action);
    if (!entry) return;
    expect([entry.actorType, entry.actorId]).toEqual([actorType, actorId]);
    expect(entry.details).toMatch(/^[A-Z].*\.$/);
    expect(['info', 'warning', 'critical', undefined]).toContain(entry.severity);
    expect(entry.targetId === undefined || entry.targetId === null).toBe(entry.targetType === undefined);
  });

  it('is neither an address nor what proves anything: ids, names of methods, reasons and counts alone', () => {
    const allowed = [USER, OTHER, ORGANIZATION, THING];
    for (const [event] of RECORDS) {
      const { client: _client, ...entry } = event.audit() ?? { client: CLIENT };
      const text = JSON.stringify(entry);
      expect(text).not.toMatch(/ada@|203\.0\.113|Firefox|device-hash|free text/);
      for (const id of text.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []) expect(allowed).toContain(id);
    }
  });

  it('names who acts as somebody else by the client', () => {
    const client = { ...CLIENT, actor: { id: USER, impersonatorId: OTHER } };
    expect(new core.ProfileChanged(USER, client, AT).audit()).toMatchObject({
      actorId: USER,
      actorType: 'user',
      client: { actor: { impersonatorId: OTHER } },
    });
  });

  it('names fifty sessions of a thousand, and counts them all', () => {
    const ids = Array.from({ length: 1000 }, () => THING);
    const { metadata } = new core.SessionsRevoked(USER, ids, 'user_revoke_all', null, OWN, AT).audit() ?? {};
    expect(metadata).toMatchObject({ sessions: 1000 });
    expect(metadata?.['session_ids']).toHaveLength(50);
  });
});
