import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MaintenanceRunner } from '../src/index.js';
import { freshEmail, PASSWORD, signUpAndLogIn, type Tokens } from './support/accounts.js';
import { onRealPostgres } from './support/database.js';
import { inviteInto, inviteToPlatform, prove, roleIn, statusOf } from './support/invitations.js';
import { BOTH_MODES } from './support/matrix.js';
import { type Cast, cast, createOrganization } from './support/organizations.js';
import {
  type RacedAnswer,
  type RacedRequest,
  releaseTogether,
  SETTLE_MS,
  staggers,
  tally,
} from './support/race.js';
import { superAdmin } from './support/roles.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const describeOnPostgres = onRealPostgres ? describe : describe.skip;
const ROUNDS = 20;
/** Of two that are short; of two one of which hashes a password first. */
const MEETING = staggers(ROUNDS, 40);
const HASHING = staggers(ROUNDS, 120);

for (const cell of BOTH_MODES) {
  describeOnPostgres(`Races of invitations over two instances [${cell.mode}]`, () => {
    let here: TestApp;
    let there: TestApp;
    let admin: Tokens & { readonly id: string };
    let org: Cast;

    beforeAll(async () => {
      here = await startTestApp(cell);
      there = await startTestApp({ ...cell, database: here.database, mailbox: here.mailbox });
      admin = await superAdmin(here);
      org = await cast(here);
    }, 60_000);

    afterAll(async () => {
      await there?.close();
      await here?.close();
    });

    const fifty = (request: RacedRequest): RacedRequest[] =>
      Array.from({ length: 50 }, (_, index) => ({ ...request, app: index % 2 === 0 ? here : there }));
    const faults = (answers: readonly RacedAnswer[]): number[] =>
      answers.map(({ status }) => status).filter((status) => status >= 500);
    const count = async (text: string, values: readonly unknown[]): Promise<number> =>
      (await here.sql<{ count: number }>(`SELECT count(*)::int AS count FROM castellan.${text}`, values))[0]
        ?.count ?? -1;
    const memberships = (userId: string): Promise<number> =>
      count('organization_members WHERE organization_id = $1 AND user_id = $2', [org.id, userId]);
    const violations = () => here.sql(readFileSync('test/consistency.sql', 'utf8'));
    const person = async () => {
      const account = await signUpAndLogIn(here);
      await prove(here, account.id);
      return account;
    };

    it('50 accepts of one invitation, by its link and without it: one membership', async () => {
      const account = await person();
      const { id, token } = await inviteInto(here, org.id, org.owner, { email: account.email });
      const answers = await releaseTogether(
        here,
        fifty({ path: '/invitations/accept', body: { token }, token: account.access }).map(
          (request, index) =>
            index % 5 === 0 ? { ...request, path: `/invitations/${id}/accept`, body: undefined } : request,
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(faults(answers)).toEqual([]);
      expect([await memberships(account.id), await statusOf(here, id)]).toEqual([1, 'accepted']);
    });

    it('50 sign-ups with one invitation: one account, one session, one membership', async () => {
      const { id, email, token } = await inviteInto(here, org.id, org.owner);
      const answers = await releaseTogether(
        here,
        fifty({ path: '/invitations/sign-up', body: { token, password: PASSWORD } }),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(faults(answers)).toEqual([]);
      const [user] = await here.sql<{ id: string }>('SELECT id FROM castellan.users WHERE email = $1', [
        email,
      ]);
      expect([
        await count('users WHERE email = $1', [email]),
        await count('session_families WHERE user_id = $1', [user?.id]),
        await memberships(user?.id ?? ''),
        await statusOf(here, id),
      ]).toEqual([1, 1, 1, 'accepted']);
    }, 60_000);

    it('two accounts of one invitation, the one that it is for and another: the other never gets in', async () => {
      const [account, other] = [await person(), await person()];
      const { token } = await inviteInto(here, org.id, org.owner, { email: account.email });
      const accept = (who: Tokens): RacedRequest => ({
        path: '/invitations/accept',
        body: { token },
        token: who.access,
      });
      const answers = await releaseTogether(here, [...fifty(accept(other)).slice(0, 20), accept(account)]);
      expect(answers.at(-1)?.status).toBe(200);
      expect(faults(answers)).toEqual([]);
      expect([await memberships(account.id), await memberships(other.id)]).toEqual([1, 0]);
    });

    it.each(['revoke', 'decline', 'resend'] as const)(
      'accept against %s: what was answered is what is so, and each of them wins',
      async (against) => {
        const outcomes = new Set<string>();
        for (const [first, second] of MEETING) {
          const account = await person();
          const { id, token } = await inviteInto(here, org.id, org.owner, { email: account.email });
          const path = `/organizations/${org.id}/invitations/${id}`;
          const rival: RacedRequest = {
            revoke: { method: 'DELETE', path, token: org.admin.access },
            decline: { path: '/invitations/decline', body: { token } },
            resend: { path: `${path}/resend`, token: org.admin.access },
          }[against];
          const raced = await releaseTogether(here, [
            { path: '/invitations/accept', body: { token }, token: account.access, after: first },
            { ...rival, app: there, after: second },
          ]);
          const [accepted, other] = raced;
          expect(faults(raced)).toEqual([]);
          const isIn = accepted?.status === 200;
          // The other one wins where it succeeds; sending again leaves the invitation open, with another link.
          const lost = (other?.status ?? 0) < 300;
          expect([isIn, lost]).toEqual([isIn, !isIn]);
          expect(await memberships(account.id)).toBe(isIn ? 1 : 0);
          const status = { revoke: 'revoked', decline: 'declined', resend: 'pending' }[against];
          expect(await statusOf(here, id)).toBe(isIn ? 'accepted' : status);
          outcomes.add(isIn ? 'accepted' : status);
        }
        expect(outcomes.size).toBe(2);
        expect(await violations()).toEqual([]);
      },
      120_000,
    );

    it('accept against the end of its time, and the job that marks it: in time, or not at all', async () => {
      const outcomes = new Set<string>();
      for (const [first, second] of MEETING) {
        const account = await person();
        const { id, token } = await inviteInto(here, org.id, org.owner, { email: account.email });
        const end = new Date(Date.now() + SETTLE_MS + second);
        await here.sql('UPDATE castellan.invitations SET expires_at = $2 WHERE id = $1', [id, end]);
        const marking = sleep(SETTLE_MS + second).then(() =>
          there.app.get(MaintenanceRunner, { strict: false }).run(),
        );
        const [accepted] = await releaseTogether(here, [
          { path: '/invitations/accept', body: { token }, token: account.access, after: first },
        ]);
        await marking;
        await there.app.get(MaintenanceRunner, { strict: false }).run();
        const isIn = accepted?.status === 200;
        expect([accepted?.status, await memberships(account.id), await statusOf(here, id)]).toEqual(
          isIn ? [200, 1, 'accepted'] : [400, 0, 'expired'],
        );
        outcomes.add(isIn ? 'accepted' : 'expired');
      }
      expect(outcomes.size).toBe(2);
      expect(await violations()).toEqual([]);
    }, 120_000);

    it('two admins who invite one address at once: one invitation, one message', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const email = freshEmail('both');
        const path = `/organizations/${org.id}/invitations`;
        const answers = await releaseTogether(here, [
          { path, body: { email }, token: org.owner.access },
          { path, body: { email: email.toUpperCase() }, token: org.admin.access, app: there },
        ]);
        expect(tally(answers)).toEqual({ 201: 1, 409: 1 });
        expect(await count(`invitations WHERE invitee = $1 AND status = 'pending'`, [email])).toBe(1);
      }
      await here.drainOutbox();
    }, 60_000);

    it('50 invitations of one address to the platform at once: one', async () => {
      const email = freshEmail('platform');
      const answers = await releaseTogether(
        here,
        fifty({ path: '/invitations', body: { email }, token: admin.access }),
      );
      expect(tally(answers)).toEqual({ 201: 1, 409: 49 });
      await here.drainOutbox();
      expect(here.mailbox.mailTo(email)).toHaveLength(1);
    });

    it('20 who accept at once where there are 5 seats: 5 get in, and the others keep their invitation', async () => {
      const { body } = await createOrganization(here, org.owner);
      await here.sql('UPDATE castellan.organizations SET member_limit = 6 WHERE id = $1', [body.id]);
      const invited = [];
      for (let index = 0; index < 20; index += 1) invited.push(await inviteInto(here, body.id, org.owner));
      const answers = await releaseTogether(
        here,
        invited.map(({ token }, index) => ({
          path: '/invitations/sign-up',
          body: { token, password: PASSWORD },
          app: index % 2 === 0 ? here : there,
        })),
      );
      expect(tally(answers)).toEqual({ 200: 5, 409: 15 });
      expect(await count('organization_members WHERE organization_id = $1', [body.id])).toBe(6);
      expect(await count(`invitations WHERE organization_id = $1 AND status = 'pending'`, [body.id])).toBe(
        15,
      );
    }, 60_000);

    it('an inviter who is demoted while what they sent is accepted: in before, or not at all', async () => {
      const outcomes = new Set<string | undefined>();
      for (const [first, second] of HASHING) {
        const { id, owner, admin: aide } = await cast(here);
        const invitation = await inviteInto(here, id, aide, { role: 'admin' });
        const account = await here.sql<{ id: string }>('SELECT id FROM castellan.users WHERE email = $1', [
          invitation.email,
        ]);
        expect(account).toEqual([]);
        const [accepted, demoted] = await releaseTogether(here, [
          {
            path: '/invitations/sign-up',
            body: { token: invitation.token, password: PASSWORD },
            after: first,
          },
          {
            method: 'PATCH',
            path: `/organizations/${id}/members/${aide.id}`,
            body: { role: 'member' },
            token: owner.access,
            app: there,
            after: second,
          },
        ]);
        expect(demoted?.status).toBe(200);
        const [user] = await here.sql<{ id: string }>('SELECT id FROM castellan.users WHERE email = $1', [
          invitation.email,
        ]);
        const role = user && (await roleIn(here, id, user.id));
        expect([accepted?.status, role, await statusOf(here, invitation.id)]).toEqual(
          accepted?.status === 200 ? [200, 'admin', 'accepted'] : [400, undefined, 'revoked'],
        );
        outcomes.add(role);
      }
      expect(outcomes).toEqual(new Set(['admin', undefined]));
      expect(await violations()).toEqual([]);
    }, 120_000);

    it('an organization that is deleted while it invites and is joined: nothing is left of it', async () => {
      const outcomes = new Set<number | undefined>();
      for (const [first, second] of HASHING) {
        const { id, owner, admin: aide } = await cast(here);
        const invitation = await inviteInto(here, id, aide);
        const answers = await releaseTogether(here, [
          { method: 'DELETE', path: `/organizations/${id}`, token: owner.access, after: second },
          {
            path: '/invitations/sign-up',
            body: { token: invitation.token, password: PASSWORD },
            app: there,
            after: first,
          },
          {
            path: `/organizations/${id}/invitations`,
            body: { email: freshEmail() },
            token: aide.access,
            app: there,
            after: first,
          },
        ]);
        expect(faults(answers)).toEqual([]);
        expect(answers[0]?.status).toBe(204);
        outcomes.add(answers[1]?.status);
        for (const table of ['organization_members', 'invitations'])
          expect(await count(`${table} WHERE organization_id = $1`, [id])).toBe(0);
      }
      // In before it went, or refused since it was gone.
      expect([outcomes.has(200), [...outcomes].some((status) => status === 400 || status === 404)]).toEqual([
        true,
        true,
      ]);
      expect(await violations()).toEqual([]);
    }, 120_000);

    it('an account that ends while it invites and accepts: no fault, and nothing of it stays open', async () => {
      const outcomes = new Set<boolean>();
      for (const [first, second] of HASHING) {
        const { id, owner } = await cast(here);
        const account = await person();
        const invitation = await inviteInto(here, id, owner, { email: account.email, role: 'admin' });
        const answers = await releaseTogether(here, [
          {
            method: 'DELETE',
            path: '/me',
            body: { password: PASSWORD },
            token: account.access,
            after: second,
          },
          {
            path: '/invitations/accept',
            body: { token: invitation.token },
            token: account.access,
            app: there,
            after: first,
          },
        ]);
        expect(faults(answers)).toEqual([]);
        expect(answers[0]?.status).toBe(204);
        expect(await roleIn(here, id, account.id)).toBeUndefined();
        outcomes.add(answers[1]?.status === 200);
      }
      expect(outcomes.size).toBe(2);
      expect(await violations()).toEqual([]);
    }, 120_000);

    it('an account that ends while it invites, and is invited itself: nothing stays open', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { id, owner, admin: aide } = await cast(here);
        const other = await createOrganization(here, owner);
        const answers = await releaseTogether(here, [
          { method: 'DELETE', path: '/me', body: { password: PASSWORD }, token: aide.access },
          ...[here, there].map((app) => ({
            path: `/organizations/${id}/invitations`,
            body: { email: freshEmail() },
            token: aide.access,
            app,
          })),
          {
            path: `/organizations/${other.body.id}/invitations`,
            body: { user_id: aide.id },
            token: owner.access,
            app: there,
          },
        ]);
        expect(faults(answers)).toEqual([]);
        const open = `status = 'pending' AND (inviter_id = $1 OR user_id = $1)`;
        expect(await count(`invitations WHERE ${open}`, [aide.id])).toBe(0);
      }
    }, 120_000);

    it('leaves nothing that must not be', async () => {
      await inviteToPlatform(here, admin);
      await here.drainOutbox();
      expect(await violations()).toEqual([]);
    });
  });
}
