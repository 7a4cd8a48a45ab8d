import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { SlugRepository } from '../../modules/organization/slug/slug.repository.js';
import { type ContractSetup, describeContract, later, simultaneously } from './contract-store.js';
import { newSlug } from './organization-fixture.js';

/** What every SlugRepository has to do. Run it on a store of your own. */
export function describeSlugRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a SlugRepository`, setup, (ports) => {
    const slugs = () => ports(SlugRepository);

    it('gives a name to one of 50', async () => {
      const claimed = await simultaneously(50, () => slugs().claim(newSlug()));
      expect(claimed.filter(Boolean)).toHaveLength(1);
    });

    it('keeps former names as aliases, which their owner may take back', async () => {
      const ownerId = randomUUID();
      for (const [index, slug] of ['a', 'b', 'c'].entries())
        expect(await slugs().claim(newSlug({ slug, ownerId, createdAt: later(index) }))).toBe(true);
      expect(await slugs().aliases('organization', ownerId)).toEqual(['b', 'a']);
      expect(await slugs().find('organization', 'a')).toMatchObject({ ownerId, current: false });
      expect(await slugs().find('organization', 'c')).toMatchObject({ ownerId, current: true });
      expect(await slugs().claim(newSlug({ slug: 'a', ownerId, createdAt: later(9) }))).toBe(true);
      expect(await slugs().aliases('organization', ownerId)).toEqual(['c', 'b']);
      expect(await slugs().find('organization', 'a')).toMatchObject({ current: true });
    });

    it('keeps an organization’s alias for it, and lets a user’s go', async () => {
      const organization = randomUUID();
      const user = randomUUID();
      const names = { namespace: 'shared' };
      await slugs().claim(newSlug({ ...names, slug: 'a', ownerId: organization }));
      await slugs().claim(newSlug({ ...names, slug: 'b', ownerId: organization }));
      await slugs().claim(newSlug({ ...names, slug: 'ada', kind: 'user', ownerId: user }));
      await slugs().claim(newSlug({ ...names, slug: 'eva', kind: 'user', ownerId: user }));
      expect(await slugs().claim(newSlug({ ...names, slug: 'a' }))).toBe(false);
      expect(await slugs().claim(newSlug({ ...names, slug: 'eva' }))).toBe(false);
      const heir = randomUUID();
      expect(await slugs().claim(newSlug({ ...names, slug: 'ada', ownerId: heir }))).toBe(true);
      expect(await slugs().find('shared', 'ada')).toMatchObject({ kind: 'organization', ownerId: heir });
      expect(await slugs().aliases('user', user)).toEqual([]);
    });

    it('keeps namespaces apart, and frees the names of who is gone', async () => {
      const ownerId = randomUUID();
      await slugs().claim(newSlug({ ownerId }));
      expect(await slugs().claim(newSlug({ namespace: 'user', kind: 'user' }))).toBe(true);
      await slugs().release('organization', ownerId);
      expect(await slugs().find('organization', 'engines')).toBeNull();
      expect(await slugs().find('user', 'engines')).not.toBeNull();
      expect(await slugs().claim(newSlug())).toBe(true);
    });
  });
}
