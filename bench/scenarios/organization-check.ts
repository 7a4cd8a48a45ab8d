import { interleaved } from '../harness/rounds.js';
import { repeated, World } from '../harness/world.js';
import { QUICK } from './pace.js';
import type { Scenario } from './scenario.js';

export const organizationCheck: Scenario = {
  name: 'organization',
  async run(server) {
    const world = await World.create(server, 1_000);
    const app = await world.standalone({ adapter: 'fastify', modules: 'all' });
    const tokens = (await world.signIn(app, QUICK.connections)).map(({ access }) => access);
    const response = await fetch(`http://127.0.0.1:${app.port}/auth/organizations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${tokens[0]}` },
      body: JSON.stringify({ name: 'Analytical Engines' }),
    });
    const { id } = (await response.json()) as { id: string };
    const figures = await interleaved(
      [
        { name: 'GET /auth/me', server: app, traffic: repeated('/auth/me', tokens) },
        {
          name: 'GET /auth/organizations/:id',
          server: app,
          traffic: repeated(`/auth/organizations/${id}`, tokens.slice(0, 1)),
        },
      ],
      QUICK,
      world.database,
    );
    return {
      title: 'Organization-scoped check',
      method: 'Fastify, every module: the session, the membership, and the organization itself.',
      figures,
      targets: [],
    };
  },
};
