import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { NewUser } from '../../modules/core/user/user.js';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import { createUser, type Ports, simultaneously } from './contract-store.js';

const EMAIL = 'ada@example.com';
const PHONE = '+447900000001';
const PASSWORD = { passwordHash: 'x' };

export function describeUserAddressRemoval(ports: Ports): void {
  const users = () => ports(UserRepository);

  it.each<[string, Partial<NewUser>, 'email' | 'phone_number', 'last' | 'user']>([
    ['an email address alone', { email: EMAIL }, 'email', 'last'],
    ['an email address with a password', { email: EMAIL, ...PASSWORD }, 'email', 'last'],
    ['a username without a password', { email: EMAIL, username: 'ada' }, 'email', 'last'],
    ['a username with a password', { email: EMAIL, username: 'ada', ...PASSWORD }, 'email', 'user'],
    ['a number that nobody proved', { email: EMAIL, phoneNumber: PHONE }, 'email', 'last'],
    ['a proven number', { email: EMAIL, phoneNumber: PHONE, phoneNumberVerified: true }, 'email', 'user'],
    ['a number with a password', { email: EMAIL, phoneNumber: PHONE, ...PASSWORD }, 'email', 'user'],
    [
      'the proven one of two',
      { email: EMAIL, emailVerified: true, phoneNumber: PHONE, username: 'ada', ...PASSWORD },
      'email',
      'last',
    ],
    ['a proven address', { email: EMAIL, emailVerified: true, phoneNumber: PHONE }, 'phone_number', 'user'],
    ['a number alone', { phoneNumber: PHONE }, 'phone_number', 'last'],
  ])('takes an address off while another way in remains: %s', async (_, account, field, outcome) => {
    const user = await createUser(ports, account);
    const value = (field === 'email' ? user.email : user.phoneNumber) ?? '';
    expect(Object.keys(await users().removeAddress(user.id, field, value))).toEqual([outcome]);
  });

  it('takes off one of two at once', async () => {
    const user = await createUser(ports, { email: EMAIL, phoneNumber: PHONE, ...PASSWORD });
    expect(await users().removeAddress(user.id, 'email', 'other@example.com')).toEqual({ missing: true });
    expect(await users().removeAddress(randomUUID(), 'email', EMAIL)).toEqual({ missing: true });
    const removed = await simultaneously(2, (index) =>
      index === 0
        ? users().removeAddress(user.id, 'email', EMAIL.toUpperCase())
        : users().removeAddress(user.id, 'phone_number', PHONE),
    );
    expect(removed.map((one) => Object.keys(one).join()).sort()).toEqual(['last', 'user']);
    const left = await users().findById(user.id);
    expect([left?.email, left?.phoneNumber].filter((value) => value === null)).toHaveLength(1);
    expect(await users().isAvailable('email', EMAIL)).toBe(left?.email === null);
    expect(left).toMatchObject({ emailVerified: false, phoneNumberVerified: false, tokenVersion: 0 });
  });
}
