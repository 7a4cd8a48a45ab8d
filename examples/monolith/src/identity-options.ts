import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CoreOptions,
  generateSigningKey,
  InMemoryMailSender,
  KeyRing,
  loadOrGenerateSigningKeys,
  signingKeyOf,
  SigningKeys,
} from '../../../src/index.js';
import type { Settings } from './settings/settings.js';

/**
 * Castellan's behaviour, from the host's configuration. A real host reads its secrets and keys from where it keeps secrets
 * (`KeyRing.parse(…)`, `parseSigningKeys(…)`); this one makes its own, and keeps them where it has a directory.
 */
export function identityOptions({ publicUrl, dataDirectory }: Settings): CoreOptions {
  return {
    appUrl: publicUrl,
    serviceName: 'The Shop',
    // Where a sign-in by GitHub or by a mailed link may end, with a one-time code.
    redirectAllowlist: [`${publicUrl}/signed-in`],
    secrets: KeyRing.parse(secretsOf(dataDirectory)),
    signingKeys: dataDirectory
      ? loadOrGenerateSigningKeys(join(dataDirectory, 'keys'))
      : new SigningKeys([signingKeyOf(generateSigningKey('ES256'))]),
    mailSender: new InMemoryMailSender(200, ({ subject, to, text }) =>
      process.stdout.write(`\nMail to ${to}: ${subject}\n${text}\n`),
    ),
  };
}

function secretsOf(directory: string | undefined): string {
  const fresh = `shop1:${randomBytes(32).toString('base64')}`;
  if (!directory) return fresh;
  const file = join(directory, 'secrets');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, fresh, { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
