const asyncHooks = require('node:async_hooks');
const { pathToFileURL } = require('node:url');
const { default: circus } = require('jest-circus/runner');

/** Where `jest-globals.mjs` finds what Jest offers to the file that runs. */
const ACCEPT = Symbol.for('castellan.test.accept-jest-globals');

// `npm test` sets them for Jest and its workers, not for the applications that tests start.
delete process.env.NODE_OPTIONS;

/** What the file that runs wants done after it (`after-file.ts`). */
const ENDS = Symbol.for('castellan.test.after-file');

const storages = [];
/** What Jest, as CommonJS, makes of them is kept: one for each file, and left enabled, which every later promise of the worker would pay for. */
asyncHooks.AsyncLocalStorage = class extends asyncHooks.AsyncLocalStorage {
  constructor(...options) {
    super(...options);
    storages.push(this);
  }
};

/**
 * Jest's own runner, but a test file and all that it imports are loaded by Node itself. In Jest's VM contexts every file
 * links a thousand modules of its own anew, which cost half of the suite's time, and never frees them.
 */
module.exports = async function runNatively(
  globalConfig,
  config,
  environment,
  runtime,
  testPath,
  sendMessageToJest,
) {
  runtime.unstable_shouldLoadAsEsm = () => true;
  runtime.unstable_importModule = async (path) => {
    await import('@jest/globals');
    globalThis[ACCEPT](runtime.requireModuleOrMock(path, '@jest/globals'));
    await import(pathToFileURL(path).href);
  };
  try {
    return await circus(globalConfig, config, environment, runtime, testPath, sendMessageToJest);
  } finally {
    // The next file of this worker has the same modules.
    runtime.restoreAllMocks();
    for (const storage of storages.splice(0)) storage.disable();
    for (const end of globalThis[ENDS]?.splice(0) ?? []) await end();
  }
};
