import { describe, expect, it } from '@jest/globals';
import { MissingPeerError, OptionalPeer } from './optional-peer.js';

const failing = (error: unknown) => () => Promise.reject(error instanceof Error ? error : new Error('?'));
const notFound = (name: string) =>
  Object.assign(new Error(`Cannot find package '${name}' imported from /app/x.js`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });

describe(OptionalPeer.name, () => {
  it('loads once, and has the module from then on', async () => {
    let loads = 0;
    const peer = new OptionalPeer('some-package', 'castellan/part', () => {
      loads += 1;
      return Promise.resolve({ answer: 42 });
    });
    expect(() => peer.module).toThrow('some-package has not been loaded.');
    await peer.load();
    expect((await peer.load()).answer).toBe(42);
    expect([loads, peer.module.answer]).toEqual([1, 42]);
  });

  it('says who needs what is missing, and how to get it', async () => {
    const peer = new OptionalPeer('some-package', 'castellan/part', failing(notFound('some-package')));
    await expect(peer.load()).rejects.toThrow(
      new MissingPeerError('some-package', 'castellan/part', undefined).message,
    );
    await expect(peer.load()).rejects.toThrow(/castellan\/part needs .* npm install some-package$/);
  });

  it('leaves other failures as they are', async () => {
    const nested = notFound('a-package-of-that-package');
    await expect(new OptionalPeer('some-package', 'x', failing(nested)).load()).rejects.toBe(nested);
    const broken = new SyntaxError('some-package');
    await expect(new OptionalPeer('some-package', 'x', failing(broken)).load()).rejects.toBe(broken);
  });
});
