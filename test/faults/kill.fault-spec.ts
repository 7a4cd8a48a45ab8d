import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Answer, TestClient } from '../../src/testing/test-client.js';
import { freshName, signUpAndLogIn, type Tokens } from '../support/accounts.js';
import { Crowd } from '../support/crowd.js';
import { faultChild } from '../support/faults.js';
import { sql } from '../support/sql.js';
import { inviteInto, prove } from '../support/invitations.js';
import { createOrganization } from '../support/organizations.js';
import { eventually, startTestApp, type TestApp } from '../support/test-app.js';
import { report } from '../support/traffic.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

/** The figure of the requirements is 200; each costs a start of some two seconds. */
const KILLS = Number(process.env['FAULT_KILLS'] ?? 20);
const INVITED_PER_ROUND = 8;

/** Beyond what `consistency.sql` says of any database: here nobody leaves, and nobody is removed. */
const HALF_MADE = `
  SELECT 'organization without an owner' AS violation, o.id::text AS example FROM castellan.organizations o
    WHERE NOT EXISTS (SELECT 1 FROM castellan.organization_members m WHERE m.organization_id = o.id AND m.user_id = o.owner_id AND m.role = 'owner')
  UNION ALL
  SELECT 'accepted invitation without its member', i.id::text FROM castellan.invitations i
    WHERE i.status = 'accepted' AND NOT EXISTS (SELECT 1 FROM castellan.organization_members m WHERE m.organization_id = i.organization_id AND m.user_id = i.accepted_by)
  UNION ALL
  SELECT 'member by an invitation that is still pending', i.id::text FROM castellan.invitations i
    JOIN castellan.organization_members m ON m.organization_id = i.organization_id AND m.user_id = i.user_id WHERE i.status = 'pending'
  UNION ALL
  SELECT 'account without a credential', id::text FROM castellan.users WHERE password IS NULL
  UNION ALL
  SELECT 'second factor without its secret', id::text FROM castellan.two_factors WHERE enabled AND method = 'totp' AND secret IS NULL`;

interface Invitee extends Tokens {
  readonly invitation: string;
  readonly token: string;
}

/** People with an invitation that they have not answered, made while nothing is killed. */
async function invite(app: TestApp, organizationId: string, owner: Tokens): Promise<Invitee[]> {
  return Promise.all(
    Array.from({ length: INVITED_PER_ROUND }, async () => {
      const account = await signUpAndLogIn(app);
      await prove(app, account.id);
      const { id, token } = await inviteInto(app, organizationId, owner, { email: account.email });
      return { ...account, invitation: id, token };
    }),
  );
}

describe(`kill -9 under load, ${KILLS} times (F10)`, () => {
  it(
    'loses nothing that was acknowledged, and leaves no half of anything',
    async () => {
      const app = await startTestApp();
      cleanUp.push(() => app.close());
      const owner = await signUpAndLogIn(app);
      const { body: organization } = await createOrganization(app, owner);
      const made = { organizations: [] as string[], accepted: [] as string[] };
      const crowds: Crowd[] = [];
      let unanswered = 0;
      for (let round = 0; round < KILLS; round += 1) {
        const invitees = await invite(app, organization.id, owner);
        const child = await faultChild({ DATABASE_URL: app.database.url ?? '' });
        cleanUp.push(() => child.kill());
        const api = new TestClient(`${child.url}/auth`);
        const crowd = new Crowd(api);
        crowds.push(crowd);
        let alive = true;
        let acknowledged = 0;
        /** One after another, until the process is dead. */
        const stream = async (request: () => Promise<Answer> | undefined): Promise<void> => {
          while (alive) {
            const next = request();
            if (!next) return;
            const answer = await next.catch(() => null);
            if (answer?.status === 200 || answer?.status === 201) acknowledged += 1;
            if (answer === null) unanswered += 1;
            else expect([200, 201, 503]).toContain(answer.status);
          }
        };
        const organize = async (): Promise<Answer> => {
          const fields = { name: 'Engines', slug: freshName('org-') };
          const answer = await api.post('/organizations', fields, { token: owner.access });
          if (answer.status === 201) made.organizations.push(answer.body.id);
          return answer;
        };
        const accept = ({ invitation, token, access }: Invitee): Promise<Answer> =>
          api.post('/invitations/accept', { token }, { token: access }).then((answer) => {
            if (answer.status === 200) made.accepted.push(invitation);
            return answer;
          });
        const streams = [
          ...Array.from({ length: 4 }, () => stream(() => crowd.signUp())),
          ...Array.from({ length: 2 }, () => stream(organize)),
          ...Array.from({ length: 2 }, () =>
            stream(() => {
              const invitee = invitees.pop();
              return invitee && accept(invitee);
            }),
          ),
        ];
        // However busy the machine is: it is at work by then.
        await eventually(() => Promise.resolve(acknowledged > 0), 1_000, 5);
        await sleep(Math.random() * 500);
        await child.kill();
        alive = false;
        await Promise.all(streams);
      }
      const signUps = crowds.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
      report(
        'F10',
        `${KILLS} kills, ${unanswered} requests cut off; acknowledged: ${signUps} sign-ups, ${made.organizations.length} organizations, ${made.accepted.length} acceptances`,
      );
      const { url } = app.database;
      for (const crowd of crowds) await crowd.expectSound(url);
      const ids = async (query: string): Promise<Set<string>> =>
        new Set((await sql<{ id: string }>(url, query)).map(({ id }) => id));
      const organizations = await ids('SELECT id FROM castellan.organizations');
      expect(made.organizations.filter((id) => !organizations.has(id))).toEqual([]);
      const accepted = await ids("SELECT id FROM castellan.invitations WHERE status = 'accepted'");
      expect(made.accepted.filter((id) => !accepted.has(id))).toEqual([]);
      expect(await sql(url, HALF_MADE)).toEqual([]);
      expect([unanswered > KILLS, signUps, made.organizations.length, made.accepted.length]).not.toContain(0);
    },
    KILLS * 15_000,
  );
});
