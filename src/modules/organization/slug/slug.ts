export type SlugOwnerKind = 'organization' | 'user';

/** A name in an address, and whose it is. Former ones stay, as aliases. */
export interface SlugRecord {
  readonly id: string;
  readonly realmId: string;
  /** Names are unique in it: one for each kind, or one for both. */
  readonly namespace: string;
  /** Lower case. */
  readonly slug: string;
  readonly kind: SlugOwnerKind;
  readonly ownerId: string;
  /** `false`: an alias. */
  readonly current: boolean;
  readonly createdAt: Date;
}

export type NewSlug = Omit<SlugRecord, 'realmId' | 'current'>;

const FORM = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** 1 to 63 of `a-z0-9-`, not beginning or ending in a hyphen, and no id: `null` where it is not. */
export function parseSlug(text: string): string | null {
  return FORM.test(text) ? text : null;
}

/** What a name suggests as a slug; `null` where nothing of it can be kept. */
export function slugFrom(name: string): string | null {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? null : slug;
}
