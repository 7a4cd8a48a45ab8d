import { AuthError, type ErrorDefinition } from '../../../shared/errors/auth-error.js';
import { CoreErrors } from '../core.errors.js';

export const MIN_USERNAME_LENGTH = 3;
export const MAX_USERNAME_LENGTH = 30;
/** 3 to 30 letters, digits, `_`, `.`, `-` of ASCII, a letter first. */
export const USERNAME_PATTERN = /^[A-Za-z][A-Za-z0-9_.-]{2,29}$/;

/** Names that speak for the service, or that stand in paths of one. */
const RESERVED: ReadonlySet<string> = new Set([
  ...[
    'about',
    'abuse',
    'access',
    'account',
    'accounts',
    'admin',
    'administrator',
    'admins',
    'anonymous',
    'api',
    'app',
    'assets',
    'auth',
  ],
  ...[
    'authentication',
    'availability',
    'billing',
    'blog',
    'bot',
    'callback',
    'castellan',
    'contact',
    'dashboard',
    'delete',
    'deleted',
  ],
  ...[
    'dev',
    'developer',
    'docs',
    'documentation',
    'everyone',
    'false',
    'favicon',
    'guest',
    'health',
    'help',
    'here',
    'hostmaster',
    'info',
  ],
  ...[
    'invitations',
    'jwks',
    'legal',
    'login',
    'logout',
    'mail',
    'mailer-daemon',
    'me',
    'metrics',
    'mod',
    'moderator',
    'moderators',
    'myself',
  ],
  ...[
    'new',
    'no-reply',
    'nobody',
    'none',
    'noreply',
    'null',
    'oauth',
    'official',
    'operator',
    'organization',
    'organizations',
    'owner',
  ],
  ...[
    'password',
    'phishing',
    'postmaster',
    'privacy',
    'profile',
    'public',
    'register',
    'registration',
    'reset',
    'robots',
    'root',
    'roles',
  ],
  ...[
    'security',
    'self',
    'sessions',
    'settings',
    'signin',
    'signout',
    'signup',
    'ssl',
    'ssladmin',
    'ssladministrator',
    'staff',
    'static',
  ],
  ...[
    'status',
    'sudo',
    'superadmin',
    'superuser',
    'support',
    'sysadmin',
    'sysadministrator',
    'system',
    'team',
    'terms',
    'tokens',
  ],
  ...[
    'true',
    'undefined',
    'unknown',
    'user',
    'username',
    'users',
    'verify',
    'webhooks',
    'webmaster',
    'well-known',
    'www',
    'you',
    'yourself',
  ],
]);

/** Whether nobody may take the name, however it is written: case and separators do not count. */
export function isReservedUsername(username: string, further: readonly string[] = []): boolean {
  const names = new Set(further.map((name) => name.toLowerCase()));
  const lower = username.toLowerCase();
  return [lower, lower.replace(/[_.-]/g, '')].some((name) => RESERVED.has(name) || names.has(name));
}

/**
 * The username as it is kept, in the case it was written. `reserved`: names beside the bundled ones; with `null` reserved names pass.
 * @throws core.invalid_username, core.username_reserved
 */
export function parseUsername(text: string, reserved: readonly string[] | null): string {
  if (!USERNAME_PATTERN.test(text)) {
    refuse(
      CoreErrors.invalid_username,
      'invalid_username',
      'A username has 3 to 30 letters, digits, "_", "." or "-", and begins with a letter.',
    );
  }
  if (reserved && isReservedUsername(text, reserved))
    refuse(CoreErrors.username_reserved, 'username_reserved', 'This username is reserved.');
  return text;
}

function refuse(definition: ErrorDefinition, code: string, message: string): never {
  throw new AuthError(definition, { fields: [{ field: 'username', code, message }] });
}
