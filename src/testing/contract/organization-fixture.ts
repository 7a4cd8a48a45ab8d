import { randomUUID } from 'node:crypto';
import type { MemberRecord, MemberRole } from '../../modules/organization/member/member.js';
import { MemberRepository } from '../../modules/organization/member/member.repository.js';
import type { NewOrganization } from '../../modules/organization/organization/organization.js';
import { OrganizationRepository } from '../../modules/organization/organization/organization.repository.js';
import type { NewSlug } from '../../modules/organization/slug/slug.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import { createUser, NOW, type Ports } from './contract-store.js';

export function newOrganization(values: Partial<NewOrganization> = {}): NewOrganization {
  const id = randomUUID();
  return {
    id,
    realmId: DEFAULT_REALM_ID,
    name: 'Engines',
    slug: `org-${id}`,
    ownerId: randomUUID(),
    logoUrl: null,
    metadata: { plan: 'team', nested: { 'with "quotes"': [1, null] } },
    active: true,
    personal: false,
    memberLimit: null,
    createdAt: NOW,
    ...values,
  };
}

export async function createOrganization(
  ports: Ports,
  values: Partial<NewOrganization> = {},
): Promise<NewOrganization> {
  const organization = newOrganization(values);
  if (!(await ports(OrganizationRepository).create(organization)))
    throw new Error('The slug of the organization is taken.');
  return organization;
}

export async function createMember(
  ports: Ports,
  organizationId: string,
  role: MemberRole = 'member',
  joinedAt = NOW,
): Promise<MemberRecord> {
  const { id: userId } = await createUser(ports);
  const member = { id: randomUUID(), realmId: DEFAULT_REALM_ID, organizationId, userId, role, joinedAt };
  if ((await ports(MemberRepository).add(member)) !== 'added') throw new Error('There is no such account.');
  return { ...member, updatedAt: null };
}

export function newSlug(values: Partial<NewSlug> = {}): NewSlug {
  return {
    id: randomUUID(),
    namespace: 'organization',
    slug: 'engines',
    kind: 'organization',
    ownerId: randomUUID(),
    createdAt: NOW,
    ...values,
  };
}
