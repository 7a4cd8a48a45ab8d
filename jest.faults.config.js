import config from './jest.config.js';

/** `npm run test:faults`: what kills and restarts servers of its own, beside the faults that the ordinary run has too. One file at a time. */
export default {
  ...config,
  testMatch: ['<rootDir>/test/faults/*.fault-spec.ts', '<rootDir>/test/faults.e2e-spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', 'pgbouncer\\.fault-spec'],
  maxWorkers: 1,
  testTimeout: 240_000,
};
