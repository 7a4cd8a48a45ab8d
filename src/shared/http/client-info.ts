import { clientAddress, type TrustedProxies } from './client-address.js';
import { deviceHashOf } from './device-token.js';
import { headerOf, type HttpRequest } from './request.js';
import { requestIdOf } from './request-id.js';

/** The account behind the credential of a request. */
export interface ClientActor {
  readonly id: string;
  /** The administrator who acts as that account (claim `act`, RFC 8693 section 4.1); absent where it acts for itself. */
  readonly impersonatorId?: string;
}

/** Who sent a request, as services, sessions and audit keep it. */
export interface ClientInfo {
  /** Normalised; null where it is unknown. */
  readonly ipAddress: string | null;
  /** At most 512 characters, none of them a control character. */
  readonly userAgent: string | null;
  /** A UUID. */
  readonly requestId: string;
  /** SHA-256 of the device token that came along, for gates that let trusted devices pass. The token itself goes no further. */
  readonly deviceHash?: string;
  /** Whoever is signed in; absent for the system, for routes without a credential and for tokens of accepted issuers. */
  readonly actor?: ClientActor;
}

/** The client of what the system does by itself: jobs, the command line. Its request id is the nil UUID. */
export const SYSTEM_CLIENT: ClientInfo = Object.freeze({
  ipAddress: null,
  userAgent: null,
  requestId: '00000000-0000-0000-0000-000000000000',
});

export const MAX_USER_AGENT_LENGTH = 512;

export function clientInfo(request: HttpRequest, trustedProxies: TrustedProxies): ClientInfo {
  return {
    ipAddress: clientAddress(request, trustedProxies),
    userAgent: cleanUserAgent(headerOf(request, 'user-agent')),
    requestId: requestIdOf(request),
    deviceHash: deviceHashOf(request),
  };
}

/** Without what could forge a line of a log: control characters, line separators, halves of characters. */
function cleanUserAgent(value: string | undefined): string | null {
  const clean = (value ?? '')
    .slice(0, MAX_USER_AGENT_LENGTH)
    .replace(/[\p{Control}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}]/gu, '')
    .trim();
  return clean === '' ? null : clean;
}
