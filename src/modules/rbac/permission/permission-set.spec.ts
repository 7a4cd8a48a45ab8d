import { describe, expect, it } from '@jest/globals';
import { isPermission } from './permission.js';
import { PermissionSet } from './permission-set.js';

describe(isPermission.name, () => {
  it.each(['invoices:read', '*:*', 'invoices:*', '*:read', 'a:b', 'billing.invoices:read-all', 'v1_x:2'])(
    'takes %s',
    (text) => expect(isPermission(text)).toBe(true),
  );

  it.each([
    '',
    '*',
    ':',
    'invoices',
    'invoices:',
    ':read',
    'invoices:read:all',
    'Invoices:read',
    'in*:read',
    '**:read',
    ' invoices:read',
    'invoices:read\n',
    '-a:b',
    'a.:b',
    'é:read',
    `${'a'.repeat(51)}:read`,
    null,
    7,
    ['invoices:read'],
  ])('refuses %j', (value) => expect(isPermission(value)).toBe(false));

  it('takes no longer over a hostile text than over another', () => {
    const started = performance.now();
    expect(isPermission(`${'a.'.repeat(50_000)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(50);
  });
});

describe(PermissionSet.name, () => {
  it('allows what is held, as such or by a wildcard', () => {
    const held = PermissionSet.of(['invoices:read', 'orders:*', '*:list']);
    for (const permission of ['invoices:read', 'orders:cancel', 'orders:*', 'anything:list', '*:list'])
      expect([permission, held.allows(permission)]).toEqual([permission, true]);
    for (const permission of ['invoices:write', 'invoices:*', '*:read', '*:*', 'orders', ''])
      expect([permission, held.allows(permission)]).toEqual([permission, false]);
  });

  it('covers no more than it holds', () => {
    const held = PermissionSet.of(['invoices:*', 'roles:read']);
    const covers = (...permissions: string[]) => held.covers(PermissionSet.of(permissions));
    expect([covers(), covers('invoices:read'), covers('invoices:*', 'roles:read')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([covers('*:*'), covers('*:read'), covers('roles:*'), covers('invoices:read', 'x:y')]).toEqual(
      Array(4).fill(false),
    );
    expect(PermissionSet.all.covers(PermissionSet.of(['*:*', 'a:b', 'a:*', '*:b']))).toBe(true);
    expect(PermissionSet.none.covers(PermissionSet.of(['a:b']))).toBe(false);
    expect(held.missingOf(['invoices:pay', 'roles:assign'])).toEqual(['roles:assign']);
  });

  it('takes nothing that is not well-formed for a permission', () => {
    const held = PermissionSet.of(['*', 'admin', 7, null, { toString: () => '*:*' }, 'a:b']);
    expect(held.toArray()).toEqual(['a:b']);
    expect(held.allows('*')).toBe(false);
  });

  it('is written in its shortest form', () => {
    expect(PermissionSet.of(['b:x', 'a:*', 'a:read', 'a:write', 'c:read', 'a:*']).toArray()).toEqual([
      'a:*',
      'b:x',
      'c:read',
    ]);
    expect(PermissionSet.of(['a:b', '*:*', '*:read']).toArray()).toEqual(['*:*']);
    expect(
      PermissionSet.of(['a:b'])
        .union(PermissionSet.of(['a:*']))
        .toArray(),
    ).toEqual(['a:*']);
  });
});
