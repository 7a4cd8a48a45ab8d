import { Injectable } from '@nestjs/common';
import { HandlesOutbox, OutboxHandler, UserRepository } from '../core/index.js';
import { AutoRegistration } from './auto-registration.js';
import { MagicLinkMailer } from './magic-link-mailer.js';
import { MAGIC_LINK_REQUEST } from './magic-link-request.service.js';
import type { LinkRequest } from './magic-link-secret.js';

/**
 * Looks up who wants to sign in, off the request's path. Accounts that may not act get their link as others do, and are told after the
 * proof; an address that nobody has gets one only where it makes an account.
 */
@HandlesOutbox(MAGIC_LINK_REQUEST)
@Injectable()
export class MagicLinkRequestHandler extends OutboxHandler {
  constructor(
    private readonly users: UserRepository,
    private readonly registration: AutoRegistration,
    private readonly mailer: MagicLinkMailer,
  ) {
    super();
  }

  override async handle(payload: unknown): Promise<void> {
    const request = payload as LinkRequest;
    const user = await this.users.findByEmail(request.email);
    if (user || (await this.registration.isOpenTo(request.email))) await this.mailer.send(request, user);
  }
}
