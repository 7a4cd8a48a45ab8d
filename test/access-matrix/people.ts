import {
  AccountCreation,
  PasswordHasher,
  SignInService,
  type UserRecord,
} from '../../src/modules/core/index.js';
import { SYSTEM_CLIENT } from '../../src/shared/http/client-info.js';
import {
  freshEmail,
  freshName,
  freshPhone,
  PASSWORD,
  type Account,
  type Tokens,
} from '../support/accounts.js';
import type { TestApp } from '../support/test-app.js';

export interface Person extends Account, Tokens {
  readonly phone: string;
  readonly user: UserRecord;
  /** The organization that the tokens are for. */
  readonly activeId?: string;
}

const hashes = new WeakMap<TestApp, Promise<string>>();

/** One hash for everybody: hashing is what takes time. */
function passwordHash(app: TestApp): Promise<string> {
  const known = hashes.get(app) ?? app.app.get(PasswordHasher, { strict: false }).hash(PASSWORD);
  hashes.set(app, known);
  return known;
}

type Fields = Partial<
  Pick<UserRecord, 'username' | 'emailVerified' | 'phoneNumberVerified' | 'isSuperAdmin'>
>;

/** An account with a proven email address, a proven phone number and a password. */
export async function makeUser(app: TestApp, fields: Fields = {}): Promise<UserRecord> {
  return app.app.get(AccountCreation, { strict: false }).create(
    {
      email: freshEmail(),
      username: freshName('u'),
      phoneNumber: freshPhone(),
      emailVerified: true,
      phoneNumberVerified: true,
      passwordHash: await passwordHash(app),
      ...fields,
    },
    SYSTEM_CLIENT,
  );
}

/** A session as a login would start it; for an organization, where one is given. */
export async function signIn(app: TestApp, user: UserRecord, organizationId?: string): Promise<Tokens> {
  const requested = organizationId === undefined ? {} : { organization_id: organizationId };
  const result = await app.app
    .get(SignInService, { strict: false })
    .signIn(user, { methods: ['pwd'], requested }, SYSTEM_CLIENT);
  if (result.status !== 'authenticated') throw new Error('Nobody here has a second factor yet.');
  const { accessToken, refreshToken } = result.pair;
  return { access: accessToken, refresh: refreshToken, sessionId: result.sessionId };
}

export function asPerson(user: UserRecord, tokens: Tokens): Person {
  return {
    ...tokens,
    user,
    id: user.id,
    email: user.email ?? '',
    username: user.username ?? '',
    phone: user.phoneNumber ?? '',
    password: PASSWORD,
  };
}

/** Somebody who is signed in and has to do with nothing. */
export async function makePerson(app: TestApp, fields: Fields = {}): Promise<Person> {
  const user = await makeUser(app, fields);
  return asPerson(user, await signIn(app, user));
}
