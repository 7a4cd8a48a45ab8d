import { addBetterAuthAccounts, addPassportAccounts, betterAuthLogins } from '../harness/peer-accounts.js';
import { interleaved, ratio } from '../harness/rounds.js';
import { World } from '../harness/world.js';
import { HASHING } from './pace.js';
import { atLeast, atMost, figure, type Scenario } from './scenario.js';

export const login: Scenario = {
  name: 'login',
  async run(server) {
    const world = await World.create(server, 1_000);
    await addPassportAccounts(world.database);
    const peers = {
      express: await world.other('better-auth', { HTTP_ADAPTER: 'express' }),
      fastify: await world.other('better-auth', { HTTP_ADAPTER: 'fastify' }),
    };
    await addBetterAuthAccounts(world.database, peers.express);
    const figures = await interleaved(
      [
        { name: 'bare bcrypt, cost 10', server: await world.other('hash') },
        {
          name: 'node:http + one query + bcrypt',
          server: await world.floor(),
          traffic: world.logins('/hash'),
        },
        {
          name: 'Castellan, Express',
          server: await world.standalone({ adapter: 'express' }),
          traffic: world.logins(),
        },
        {
          name: 'Castellan, Fastify',
          server: await world.standalone({ adapter: 'fastify' }),
          traffic: world.logins(),
        },
        {
          name: 'Castellan, Fastify, every module',
          server: await world.standalone({ adapter: 'fastify', modules: 'all' }),
          traffic: world.logins(),
        },
        {
          name: 'Nest + Passport by hand, Express',
          server: await world.other('nest-passport', { HTTP_ADAPTER: 'express' }),
          traffic: { ...world.logins('/login') },
        },
        { name: 'better-auth, Express', server: peers.express, traffic: betterAuthLogins() },
        { name: 'better-auth, Fastify', server: peers.fastify, traffic: betterAuthLogins() },
      ],
      HASHING,
      world.database,
    );
    const [hash, , express, fastify, , , peerExpress, peerFastify] = figures.map(figure);
    return {
      title: 'Login',
      method:
        'All hash with bcrypt at cost 10, but better-auth, whose default is scrypt (N 16384, r 16, p 1). Each request signs another user in.',
      figures,
      targets: [
        atLeast('login / bare hash, Express', 0.97, ratio(express, hash)),
        atLeast('login / bare hash, Fastify', 0.97, ratio(fastify, hash)),
        atMost('event-loop delay p99 meanwhile, Express', 20, figure(express).delayP99Ms, ' ms'),
        atMost('event-loop delay p99 meanwhile, Fastify', 20, figure(fastify).delayP99Ms, ' ms'),
        atLeast('login / better-auth sign-in, Express', 1.9, ratio(express, peerExpress)),
        atLeast('login / better-auth sign-in, Fastify', 1.9, ratio(fastify, peerFastify)),
      ],
    };
  },
};
