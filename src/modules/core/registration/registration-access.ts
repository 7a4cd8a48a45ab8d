import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ResolvedCoreOptions } from '../core.options.js';
import { discovered } from '../extension/discovered.js';
import {
  PassesRegistration,
  RegistrationPass,
  type RegistrationTicket,
} from '../extension/registration-pass.js';
import { assertRegistrationOpen } from './registration-policy.js';

/** Where sign-up is open to everybody. */
const NO_TICKET: RegistrationTicket = { use: () => Promise.resolve() };

/** Who may sign up on a proof from outside. */
@Injectable()
export class RegistrationAccess {
  private passes: readonly RegistrationPass[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** Whether the owner of this address may sign up, once it is proven. */
  async isOpenTo(email: string): Promise<boolean> {
    const { registration } = this.options;
    if (registration !== 'invite_only') return registration === 'open';
    for (const pass of this.all()) if (await pass.admits(email)) return true;
    return false;
  }

  /**
   * For an account that is about to be made, in its transaction; `provenEmail` is null where there is no address, or nobody has proven it. What it answers has
   * to be used once the account is there.
   * @throws core.registration_closed, core.registration_invite_only
   */
  async enter(provenEmail: string | null): Promise<RegistrationTicket> {
    const ticket = provenEmail === null ? null : await this.ticketFor(provenEmail);
    if (ticket) return ticket;
    assertRegistrationOpen(this.options);
    return NO_TICKET;
  }

  private async ticketFor(email: string): Promise<RegistrationTicket | null> {
    if (this.options.registration !== 'invite_only') return null;
    for (const pass of this.all()) {
      const ticket = await pass.take(email);
      if (ticket) return ticket;
    }
    return null;
  }

  private all(): readonly RegistrationPass[] {
    return (this.passes ??= discovered(this.discovery, PassesRegistration, RegistrationPass));
  }
}
