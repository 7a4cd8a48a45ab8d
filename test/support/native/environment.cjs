const { TestEnvironment } = require('jest-environment-node');

/** The VM context that Jest's matchers live in gets the constructors (`String`, `Error`, ...) that the tests have; fake timers stand in for Node's own. */
module.exports = class NativeEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of Object.getOwnPropertyNames(globalThis))
      if (typeof globalThis[name] === 'function' && /^[A-Z]/.test(name)) this.global[name] = globalThis[name];
    this.fakeTimersModern = new this.fakeTimersModern.constructor({
      config: config.projectConfig,
      global: globalThis,
    });
  }
};
