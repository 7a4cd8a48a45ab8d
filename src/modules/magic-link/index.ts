export type { MagicLinkData } from './magic-link-messages.js';
export { MagicLinkRequestService, type MagicLinkWish } from './magic-link-request.service.js';
export { MagicLinkErrors } from './magic-link.errors.js';
export { MagicLinkRedeemed, MagicLinkSent } from './magic-link.events.js';
export { magicLink, MagicLinkModule } from './magic-link.module.js';
export type { MagicLinkOptions } from './magic-link.options.js';
export { MagicLinkService, type OpenedLink, type SignInContext } from './magic-link.service.js';
export type { MagicLinkProof } from './magic-link-proofs.js';
