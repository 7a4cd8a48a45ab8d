import { generateKeyPairSync } from 'node:crypto';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Credentials of nobody’s, for the one provider that makes browsers post its answer. */
export const APPLE = {
  OAUTH_APPLE_CLIENT_ID: 'com.example.test',
  OAUTH_APPLE_TEAM_ID: 'TEAM',
  OAUTH_APPLE_KEY_ID: 'KEY',
  OAUTH_APPLE_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
} as const;
