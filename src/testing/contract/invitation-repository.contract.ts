import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { InvitationRecord, NewInvitation } from '../../modules/invitation/invitation/invitation.js';
import {
  INVITATION_LISTING,
  type InvitationFilter,
  InvitationRepository,
} from '../../modules/invitation/invitation/invitation.repository.js';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import {
  type ContractSetup,
  createUser,
  describeContract,
  later,
  MINUTE_MS,
  NOW,
  present,
  simultaneously,
} from './contract-store.js';

const END = later(10 * MINUTE_MS);

function newInvitation(values: Partial<NewInvitation> = {}): NewInvitation {
  const email = `${randomUUID()}@example.com`;
  return {
    id: randomUUID(),
    realmId: DEFAULT_REALM_ID,
    organizationId: null,
    role: null,
    purpose: 'platform',
    email,
    userId: null,
    invitee: values.email ?? values.userId ?? email,
    inviterId: null,
    metadata: { plan: 'pro', nested: { 'with "quotes"': [1, null] } },
    locale: null,
    expiresAt: END,
    sentAt: NOW,
    createdAt: NOW,
    ...values,
  };
}

const into = (organizationId: string, values: Partial<NewInvitation> = {}): NewInvitation =>
  newInvitation({ organizationId, role: 'member', purpose: 'organization', ...values });

const asRecord = (made: NewInvitation): InvitationRecord => ({
  ...made,
  status: 'pending',
  acceptedBy: null,
  actedAt: null,
});

/** What every InvitationRepository has to do. Run it on a store of your own; it needs the accounts and the TransactionRunner too. */
export function describeInvitationRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is an InvitationRepository`, setup, (ports) => {
    const invitations = () => ports(InvitationRepository);

    const create = async (values: Partial<NewInvitation> = {}): Promise<NewInvitation> => {
      const made = values.organizationId ? into(values.organizationId, values) : newInvitation(values);
      expect(await invitations().create(made)).toBe('created');
      return made;
    };
    const idsOf = (found: readonly { readonly id: string }[]): string[] => found.map(({ id }) => id).sort();
    const statusOf = async (id: string) => (await invitations().findById(id))?.status;

    it('keeps what it is given', async () => {
      const { id: inviterId } = await createUser(ports);
      const made = await create({ inviterId, locale: 'de' });
      expect(await invitations().findById(made.id)).toEqual(asRecord(made));
      expect(await invitations().findById(randomUUID())).toBeNull();
      const toAccount = await create({ email: null, userId: inviterId, invitee: inviterId });
      expect(await invitations().findById(toAccount.id)).toEqual(asRecord(toAccount));
    });

    it('has one pending invitation for an invitee and a place, of 50 at once', async () => {
      const [one, other] = [randomUUID(), randomUUID()];
      const email = 'ada@example.com';
      const made = await simultaneously(50, () => invitations().create(into(one, { email, invitee: email })));
      expect(made.filter((outcome) => outcome === 'created')).toHaveLength(1);
      expect(new Set(made)).toEqual(new Set(['created', 'pending']));
      await create({ organizationId: other, email, invitee: email });
      await create({ email, invitee: email });
      await create({ email, invitee: email, purpose: 'beta' });
      expect(await invitations().create(newInvitation({ email, invitee: email, purpose: 'beta' }))).toBe(
        'pending',
      );
      expect(await invitations().listPending([email], NOW)).toHaveLength(4);
      const found = await invitations().findPending({ organizationId: one }, email, NOW);
      expect(found?.organizationId).toBe(one);
      const beta = await invitations().findPending({ organizationId: null, purpose: 'beta' }, email, NOW);
      expect(beta?.purpose).toBe('beta');
      expect(await invitations().findPending({ organizationId: one }, email, END)).toBeNull();
      expect(await invitations().listPending([email], END)).toEqual([]);
      expect(await invitations().settle(found?.id ?? '', 'declined', NOW)).not.toBeNull();
      expect(await invitations().create(into(one, { email, invitee: email }))).toBe('created');
    });

    it('refuses accounts that are gone', async () => {
      expect(await invitations().create(newInvitation({ inviterId: randomUUID() }))).toBe('no_user');
      const userId = randomUUID();
      expect(await invitations().create(newInvitation({ email: null, userId, invitee: userId }))).toBe(
        'no_user',
      );
      const { id } = await createUser(ports);
      await ports(UserRepository).softDelete(id, NOW);
      expect(await invitations().create(newInvitation({ inviterId: id }))).toBe('no_user');
      const made = await create();
      await invitations().settle(made.id, 'accepted', NOW);
      expect(await invitations().setAcceptedBy(made.id, id)).toBeNull();
      expect(await invitations().setAcceptedBy(made.id, randomUUID())).toBeNull();
    });

    it('is settled once, of 50 answers at once', async () => {
      const { id } = await create();
      const statuses = ['accepted', 'declined', 'revoked'] as const;
      const answers = present(
        await simultaneously(50, (index) =>
          invitations().settle(id, statuses[index % 3] ?? 'revoked', later(1)),
        ),
      );
      expect(answers).toHaveLength(1);
      expect(answers[0]).toMatchObject({ id, actedAt: later(1), acceptedBy: null });
      expect(await invitations().findById(id)).toEqual(answers[0]);
      expect(await invitations().lockPending(id, NOW)).toBeNull();
      expect(await invitations().renew(id, later(MINUTE_MS), NOW)).toBeNull();
    });

    it('says who accepted it, of accepted ones alone', async () => {
      const { id: userId } = await createUser(ports);
      const { id } = await create();
      expect(await invitations().setAcceptedBy(id, userId)).toBeNull();
      await invitations().settle(id, 'accepted', NOW);
      expect(await invitations().setAcceptedBy(id, userId)).toMatchObject({ acceptedBy: userId });
    });

    it('is answered by nobody once its time is over', async () => {
      const { id } = await create();
      expect(await ports(TransactionRunner).run(() => invitations().lockPending(id, END))).toBeNull();
      expect(await invitations().settle(id, 'accepted', END)).toBeNull();
      expect(await invitations().renew(id, later(20 * MINUTE_MS), END)).toBeNull();
      expect(await statusOf(id)).toBe('pending');
      const renewed = await invitations().renew(id, later(20 * MINUTE_MS), later(1));
      expect(renewed).toMatchObject({ expiresAt: later(20 * MINUTE_MS), sentAt: later(1), createdAt: NOW });
      expect(await ports(TransactionRunner).run(() => invitations().lockPending(id, END))).toEqual(renewed);
    });

    it('marks what is due, and frees its place', async () => {
      const email = 'ada@example.com';
      const due = await create({ email, invitee: email });
      const other = await create();
      const late = await create({ expiresAt: later(11 * MINUTE_MS) });
      expect(await invitations().expireDue(later(1), 10)).toEqual([]);
      expect(idsOf(await invitations().expireDue(END, 10, email))).toEqual([due.id]);
      expect(await invitations().create(newInvitation({ email, invitee: email }))).toBe('created');
      const rest = await simultaneously(5, () => invitations().expireDue(END, 1));
      expect(rest.flat()).toHaveLength(2);
      expect([await statusOf(due.id), await statusOf(other.id), await statusOf(late.id)]).toEqual([
        'expired',
        'expired',
        'pending',
      ]);
    });

    it('revokes what matches, and nothing that is answered', async () => {
      const organizationId = randomUUID();
      const [one, two] = [await createUser(ports), await createUser(ports)];
      const byOne = await create({ organizationId, inviterId: one.id, role: 'admin' });
      const member = await create({ organizationId, inviterId: one.id });
      const byTwo = await create({ organizationId, inviterId: two.id });
      const answered = await create({ organizationId, inviterId: one.id });
      const platform = await create({ inviterId: one.id });
      await invitations().settle(answered.id, 'declined', NOW);
      const revoke = async (filter: Parameters<InvitationRepository['revokeAll']>[0]) =>
        idsOf(await invitations().revokeAll(filter, later(1)));
      expect(await revoke({ organizationId, inviterId: one.id, roles: ['owner', 'admin'] })).toEqual([
        byOne.id,
      ]);
      expect(await revoke({ organizationId, inviterId: one.id })).toEqual([member.id]);
      expect(await revoke({ organizationId, invitees: [byTwo.invitee, platform.invitee] })).toEqual([
        byTwo.id,
      ]);
      expect(await revoke({ inviterId: one.id })).toEqual([platform.id]);
      expect(await statusOf(answered.id)).toBe('declined');
      expect(await invitations().findById(byOne.id)).toMatchObject({
        status: 'revoked',
        actedAt: later(1),
      });
    });

    it('lists by place, inviter, invitee, status and purpose, in every order', async () => {
      const organizationId = randomUUID();
      const { id: inviterId } = await createUser(ports);
      const a = await create({ purpose: 'a', createdAt: later(1), expiresAt: later(90), inviterId });
      const b = await create({ purpose: 'b', createdAt: later(2), expiresAt: later(80) });
      const c = await create({ organizationId, createdAt: later(3), expiresAt: later(70), inviterId });
      await invitations().settle(b.id, 'revoked', NOW);
      const found = async (filter: InvitationFilter, sort_field = 'created_at', sort_dir = 'asc') => {
        const listing = INVITATION_LISTING.normalize({ sort_field, sort_dir });
        const { rows, total } = await invitations().list(listing, filter);
        expect(total).toBe(rows.length);
        return rows.map(({ id }) => id);
      };
      expect(await found({})).toEqual([a.id, b.id, c.id]);
      expect(await found({ organizationId: null })).toEqual([a.id, b.id]);
      expect(await found({ organizationId })).toEqual([c.id]);
      expect(await found({ inviterId })).toEqual([a.id, c.id]);
      expect(await found({ invitees: [b.invitee, c.invitee] })).toEqual([b.id, c.id]);
      expect(await found({ invitees: [] })).toEqual([]);
      expect(await found({ status: 'revoked' })).toEqual([b.id]);
      expect(await found({ purpose: 'a' })).toEqual([a.id]);
      expect(await found({}, 'expires_at')).toEqual([c.id, b.id, a.id]);
      expect(await found({}, 'status', 'desc')).toEqual([b.id, ...[a.id, c.id].sort().reverse()]);
      expect(await found({}, 'purpose')).toEqual([a.id, b.id, c.id]);
    });

    it('continues a list behind its last row', async () => {
      const made = [];
      for (let index = 0; index < 5; index += 1) made.push(await create({ createdAt: later(index) }));
      const first = INVITATION_LISTING.normalize({ limit: 2, sort_dir: 'asc' });
      const { rows, total } = await invitations().list(first, {});
      expect([rows.map(({ id }) => id), total]).toEqual([made.slice(0, 2).map(({ id }) => id), 5]);
      const second = INVITATION_LISTING.normalize({ limit: 2, offset: 2, sort_dir: 'asc' });
      expect((await invitations().list(second, {})).rows.map(({ id }) => id)).toEqual(
        made.slice(2, 4).map(({ id }) => id),
      );
    });

    it('goes with the accounts that sent it, that it is for, and that accepted it', async () => {
      const [inviter, invited, accepting] = [
        await createUser(ports),
        await createUser(ports),
        await createUser(ports),
      ];
      const sent = await create({ inviterId: inviter.id });
      const bound = await create({ email: null, userId: invited.id, invitee: invited.id });
      const accepted = await create();
      await invitations().settle(accepted.id, 'accepted', NOW);
      await invitations().setAcceptedBy(accepted.id, accepting.id);
      for (const { id } of [inviter, invited, accepting]) await ports(UserRepository).delete(id);
      for (const { id } of [sent, bound, accepted]) expect(await invitations().findById(id)).toBeNull();
    });

    it('forgets by id, by organization, by invitee and by age', async () => {
      const organizationId = randomUUID();
      const gone = await create();
      expect([await invitations().delete(gone.id), await invitations().delete(gone.id)]).toEqual([
        true,
        false,
      ]);
      const [one, two] = [await create({ organizationId }), await create({ organizationId })];
      expect((await invitations().deleteByOrganization(organizationId)).sort()).toEqual(idsOf([one, two]));
      const three = await create();
      expect(await invitations().deleteByInvitees([three.invitee, 'x'])).toEqual([three.id]);
      const [old, recent, pending] = [await create(), await create(), await create()];
      await invitations().settle(old.id, 'revoked', later(1));
      await invitations().settle(recent.id, 'revoked', later(2));
      expect(await invitations().deleteActed(later(2), 10)).toBe(1);
      expect([await statusOf(old.id), await statusOf(recent.id), await statusOf(pending.id)]).toEqual([
        undefined,
        'revoked',
        'pending',
      ]);
    });
  });
}
