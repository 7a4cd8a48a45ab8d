import faults from './jest.faults.config.js';

/** `npm run test:pgbouncer`: what many nodes rely on, through a pooler in transaction mode. */
export default {
  ...faults,
  testMatch: ['<rootDir>/test/faults/pgbouncer.fault-spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
