// Stands for '@jest/globals' where Node loads the tests: live bindings, as each test file has globals of its own.
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test;

globalThis[Symbol.for('castellan.test.accept-jest-globals')] = (globals) => {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globals);
};
