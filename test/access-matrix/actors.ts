/** Who asks, in the order of the letters of a row. */
export const ACTORS = [
  'anonymous',
  'stranger',
  'member',
  'admin',
  'owner',
  'removed',
  'otherOwner',
  'banned',
  'superAdmin',
  'elsewhere',
] as const;
export type Actor = (typeof ACTORS)[number];

/** What the page calls them: a word for the column, and who it is. */
export const DESCRIPTIONS: Readonly<Record<Actor, readonly [column: string, meaning: string]>> = {
  anonymous: ['anonymous', 'sends no credential'],
  stranger: ['stranger', 'another user, who belongs to no organization'],
  member: ['member', 'of the organization'],
  admin: ['admin', 'of the organization'],
  owner: ['owner', 'of the organization; of what is a single user’s, that user'],
  removed: ['removed', 'was an admin of the organization, with a token for it, until they were removed'],
  otherOwner: ['other owner', 'of another organization'],
  banned: ['banned', 'an owner of the organization, banned while signed in'],
  superAdmin: ['super admin', 'of the platform; belongs to no organization'],
  elsewhere: ['token elsewhere', 'an owner of the organization, by a token that is for another one'],
};

/** What a letter of a row says about the answer. */
export const LETTERS = {
  '+': 'allowed',
  '4': '401: no credential, or none that counts',
  '3': '403: refused',
  '0': '404: hidden, as if it did not exist',
  '9': '409: they are not in the situation that this is for',
} as const;
export type Letter = keyof typeof LETTERS;

/** The letters of a row, by actor; blanks only group them. @throws Error where they are not one for each */
export function readCells(cells: string): Readonly<Record<Actor, Letter>> {
  const letters = cells.replaceAll(' ', '');
  const pairs = ACTORS.map((actor, at) => [actor, letters[at]] as const);
  if (letters.length !== ACTORS.length || pairs.some(([, letter]) => !(letter && letter in LETTERS)))
    throw new Error(
      `“${cells}” is not one of ${Object.keys(LETTERS).join(' ')} for each of ${ACTORS.length}.`,
    );
  return Object.fromEntries(pairs) as Record<Actor, Letter>;
}

/** Whether they can set something up for themselves; the others are stood in for. */
export function canAct(actor: Actor): boolean {
  return actor !== 'anonymous' && actor !== 'banned';
}
