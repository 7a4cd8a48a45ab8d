import { TEST_SECRETS, TEST_SIGNING_KEYS } from '../../src/testing/test-keys.js';
import { type StartedChild, startChild } from './child.js';

/** The standalone app in a process of its own, without limits; what it logs above `info` is its output. */
export function faultChild(variables: Readonly<Record<string, string>>): Promise<StartedChild> {
  return startChild(faultVariables(variables));
}

export function faultVariables(variables: Readonly<Record<string, string>>): Record<string, string> {
  return {
    NODE_ENV: 'test',
    AUTH_SECRETS: TEST_SECRETS,
    AUTH_SIGNING_KEYS: TEST_SIGNING_KEYS,
    RATE_LIMIT_MULTIPLIER: '0',
    LOG_LEVEL: 'warn',
    DATA_DIR: '/nonexistent',
    ...variables,
  };
}
