import type { ClientInfo } from '../../shared/http/client-info.js';
import type { TokenRecord } from '../core/index.js';

declare module '../core/index.js' {
  interface TokenPurposes {
    /** The link and the code of a message. */
    magic_link: true;
    /** What the page hands to the app at the redirect target, for the app to fetch the answer of the sign-in. */
    magic_link_exchange: true;
  }
}

/** What the one who asks may say about the sign-in to come. */
export interface LinkWishes {
  readonly redirectTo: string | null;
  /** Hash of the asking browser's cookie; null where links are not bound. */
  readonly browser: string | null;
  /** Of an account that the link makes. */
  readonly username: string | null;
  /** Of the message, and of an account that the link makes, where nobody has the address. */
  readonly locale: string | null;
}

/** What the outbox carries for the worker that looks the address up. */
export interface LinkRequest extends LinkWishes {
  readonly email: string;
  readonly client: ClientInfo;
}

/** What the asker said, from the secret's record. */
export function wishesOf({ payload }: TokenRecord): LinkWishes {
  const text = (name: keyof LinkWishes): string | null => {
    const value = payload[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    redirectTo: text('redirectTo'),
    browser: text('browser'),
    username: text('username'),
    locale: text('locale'),
  };
}
