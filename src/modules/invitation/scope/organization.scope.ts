import { InvitationScope } from './invitation-scope.js';

/** What the invited see of an organization. */
export interface InvitingOrganization {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly logoUrl: string | null;
}

/** Invitations into organizations. This class is the DI token: which one stands behind it is decided by the option `organizations`. */
export abstract class OrganizationScope extends InvitationScope {
  /** By their ids; those that are gone are missing. */
  abstract describe(organizationIds: readonly string[]): Promise<ReadonlyMap<string, InvitingOrganization>>;
}
