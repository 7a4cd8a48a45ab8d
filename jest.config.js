/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/support/native/environment.cjs',
  testRunner: '<rootDir>/test/support/native/runner.cjs',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/**/*.e2e-spec.ts', '<rootDir>/test/**/*.spec.ts'],
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  maxWorkers: 2,
  // A worker that has grown starts anew: a large heap slows the files that come after.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30000,
};
