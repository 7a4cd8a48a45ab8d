import { addBetterAuthAccounts, addPassportAccounts, betterAuthChecks } from '../harness/peer-accounts.js';
import { interleaved, ratio } from '../harness/rounds.js';
import { type Adapter, repeated, sha256, World } from '../harness/world.js';
import { QUICK } from './pace.js';
import { atLeast, type Scenario } from './scenario.js';

export const sessionCheck = (adapter: Adapter): Scenario => ({
  name: `check-${adapter}`,
  async run(server) {
    const world = await World.create(server, 1_000);
    const cold = await world.host({ adapter });
    const cached = await world.host({ adapter, env: { SESSION_CACHE_MAX: '10000' } });
    const stateless = await world.host({ adapter, mode: 'stateless' });
    const standalone = await world.standalone({ adapter });
    const opaque = (await world.signIn(cold, QUICK.connections)).map(({ access }) => access);
    const hashes = opaque.map(sha256);
    const jwts = (await world.signIn(stateless, QUICK.connections)).map(({ access }) => access);
    const [recorded] = await cold.recorded(() =>
      fetch(`http://127.0.0.1:${cold.port}/hello`, { headers: { authorization: `Bearer ${opaque[0]}` } }),
    );
    if (!recorded) throw new Error('The check sent no statement.');
    const floor = await world.floor();
    await addPassportAccounts(world.database);
    const passport = await world.other('nest-passport', { HTTP_ADAPTER: adapter });
    const passportTokens = (await world.signIn(passport, QUICK.connections, '/login')).map(
      ({ access }) => access,
    );
    const betterAuth = await world.other('better-auth', { HTTP_ADAPTER: adapter });
    await addBetterAuthAccounts(world.database, betterAuth);
    const hello = await world.other('nest-hello', {
      HTTP_ADAPTER: adapter,
      QUERY_NAME: 'bench_point',
      QUERY_TEXT: 'SELECT id, family_id, user_id, expires_at FROM castellan.sessions WHERE access_token = $1',
    });
    const same = await world.other('nest-hello', {
      HTTP_ADAPTER: adapter,
      QUERY_NAME: 'bench_same',
      QUERY_TEXT: recorded.text,
    });
    const figures = await interleaved(
      [
        { name: 'node:http + point query', server: floor, traffic: repeated('/query', hashes) },
        { name: 'node:http + JWT verify', server: floor, traffic: repeated('/jwt', jwts) },
        { name: 'Nest hello', server: hello, traffic: repeated('/hello') },
        { name: 'Nest hello, an empty guard', server: hello, traffic: repeated('/guarded', opaque) },
        { name: 'Nest + point query', server: hello, traffic: repeated('/query', hashes) },
        { name: 'Nest + the same query', server: same, traffic: repeated('/query', hashes) },
        { name: 'Castellan, cold', server: cold, traffic: repeated('/hello', opaque) },
        { name: 'Castellan, cached', server: cached, traffic: repeated('/hello', opaque) },
        { name: 'Castellan, stateless', server: stateless, traffic: repeated('/hello', jwts) },
        { name: 'Nest + Passport by hand', server: passport, traffic: repeated('/hello', passportTokens) },
        {
          name: 'better-auth get-session',
          server: betterAuth,
          traffic: await betterAuthChecks(betterAuth, QUICK.connections),
        },
        {
          name: 'Castellan standalone, GET /auth/me',
          server: standalone,
          traffic: repeated('/auth/me', opaque),
        },
      ],
      QUICK,
      world.database,
    );
    const [, , nestHello, , nestPoint, nestSame, ofCold, ofCached, ofStateless, , peer] = figures;
    return {
      title: `Session check, ${adapter}`,
      method:
        'A host with one route behind the guard, beside the same route without one, and behind a guard that lets everybody pass. “The same query” is the statement that the check sends; the point query reads four columns of one row. Passport verifies a JWT and reads the account; better-auth has no other way in front of a route than its `get-session`.',
      figures,
      targets: [
        atLeast(
          `session check, cold / Nest + the same named query, ${adapter}`,
          0.9,
          ratio(ofCold, nestSame),
        ),
        atLeast(
          `session check, cold / Nest + a named point query, ${adapter}`,
          0.9,
          ratio(ofCold, nestPoint),
        ),
        atLeast(
          `session check, cold / better-auth get-session, ${adapter}`,
          BETTER_AUTH[adapter],
          ratio(ofCold, peer),
        ),
        atLeast(`session check, cached / Nest hello, ${adapter}`, 0.75, ratio(ofCached, nestHello)),
        atLeast(`stateless check / Nest hello, ${adapter}`, 0.75, ratio(ofStateless, nestHello)),
      ],
    };
  },
});

/** How many times its rate. */
const BETTER_AUTH = { express: 5, fastify: 15 } as const;
