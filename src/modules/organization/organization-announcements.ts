import { Injectable } from '@nestjs/common';
import { EventBus } from '../../shared/events/event-bus.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { Clock } from '../../shared/time/clock.js';
import { ClaimsChanges } from '../core/index.js';
import type { MemberRecord, MemberRole } from './member/member.js';
import {
  OrganizationCreated,
  OrganizationDeleted,
  OrganizationMemberAdded,
  OrganizationMemberRemoved,
  OrganizationMemberRoleChanged,
  OrganizationOwnershipTransferred,
  OrganizationTeamCreated,
  OrganizationTeamDeleted,
  OrganizationTeamUpdated,
  OrganizationUpdated,
} from './organization.events.js';

/** Who did something: an account, or the system (`null`), and from where. */
export interface Actor {
  readonly actorId: string | null;
  readonly client: ClientInfo;
}

/** A member, as events name one. */
type MemberReference = Pick<MemberRecord, 'organizationId' | 'userId'>;

/** Tells what happened, at the application's time. */
@Injectable()
export class OrganizationAnnouncements {
  constructor(
    private readonly events: EventBus,
    private readonly claims: ClaimsChanges,
    private readonly clock: Clock,
  ) {}

  get now(): Date {
    return this.clock.now();
  }

  /** Before the change of what tokens say about these accounts, in its transaction: their access tokens become stale. */
  async changingClaimsOf(...userIds: readonly string[]): Promise<void> {
    await this.claims.announce(userIds);
  }

  created(organizationId: string, { actorId, client }: Actor): Promise<void> {
    return this.events.emit(new OrganizationCreated(organizationId, actorId, client, this.now));
  }

  updated(organizationId: string, { actorId, client }: Actor): Promise<void> {
    return this.events.emit(new OrganizationUpdated(organizationId, actorId, client, this.now));
  }

  deleted(organizationId: string, { actorId, client }: Actor): Promise<void> {
    return this.events.emit(new OrganizationDeleted(organizationId, actorId, client, this.now));
  }

  memberAdded({ organizationId, userId }: MemberReference, { actorId, client }: Actor): Promise<void> {
    return this.events.emit(new OrganizationMemberAdded(organizationId, userId, actorId, client, this.now));
  }

  memberRemoved({ organizationId, userId }: MemberReference, { actorId, client }: Actor): Promise<void> {
    return this.events.emit(new OrganizationMemberRemoved(organizationId, userId, actorId, client, this.now));
  }

  roleChanged(
    { organizationId, userId, role }: MemberRecord,
    from: MemberRole,
    { actorId, client }: Actor,
  ): Promise<void> {
    return this.events.emit(
      new OrganizationMemberRoleChanged(organizationId, userId, from, role, actorId, client, this.now),
    );
  }

  ownershipTransferred(
    { organizationId, userId }: MemberReference,
    { actorId, client }: Actor,
  ): Promise<void> {
    return this.events.emit(
      new OrganizationOwnershipTransferred(organizationId, userId, actorId, client, this.now),
    );
  }

  teamCreated(organizationId: string, teamId: string, { actorId, client }: Actor): Promise<void> {
    return this.events.emit(new OrganizationTeamCreated(organizationId, teamId, actorId, client, this.now));
  }

  teamUpdated(organizationId: string, teamId: string, { actorId, client }: Actor): Promise<void> {
    return this.events.emit(new OrganizationTeamUpdated(organizationId, teamId, actorId, client, this.now));
  }

  teamDeleted(organizationId: string, teamId: string, { actorId, client }: Actor): Promise<void> {
    return this.events.emit(new OrganizationTeamDeleted(organizationId, teamId, actorId, client, this.now));
  }
}
