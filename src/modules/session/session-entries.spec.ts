import { describe, expect, it } from '@jest/globals';
import type { CheckedSession } from '../core/index.js';
import { SessionEntries } from './session-entries.js';

/** Of a state the entries look at two ids alone. */
const state = (userId: string, familyId: string): CheckedSession =>
  ({ user: { id: userId }, family: { id: familyId } }) as unknown as CheckedSession;

describe(SessionEntries.name, () => {
  it('is bounded: what was used longest ago makes room', () => {
    const entries = new SessionEntries(3);
    for (const id of ['a', 'b', 'c']) entries.put(id, state(`u-${id}`, `f-${id}`), entries.ticket());
    expect(entries.get('a')).not.toBeNull();
    entries.put('d', state('u-d', 'f-d'), entries.ticket());
    expect(entries.size).toBe(3);
    expect(['a', 'b', 'c', 'd'].filter((id) => entries.get(id))).toEqual(['a', 'c', 'd']);
  });

  it('forgets an account with all its sessions, or one session', () => {
    const entries = new SessionEntries(10);
    for (const id of ['1', '2', '3']) entries.put(id, state('ada', `f${id}`), entries.ticket());
    entries.put('4', state('eve', 'f4'), entries.ticket());
    entries.forget({ familyId: 'f1' });
    expect(['1', '2', '3', '4'].filter((id) => entries.get(id))).toEqual(['2', '3', '4']);
    entries.forget({ userId: 'ada' });
    expect(['1', '2', '3', '4'].filter((id) => entries.get(id))).toEqual(['4']);
  });

  it('takes no answer that was under way while its account or session changed', () => {
    const entries = new SessionEntries(10);
    const ticket = entries.ticket();
    entries.forget({ userId: 'ada' });
    entries.forget({ familyId: 'f2' });
    entries.put('1', state('ada', 'f1'), ticket);
    entries.put('2', state('bob', 'f2'), ticket);
    entries.put('3', state('eve', 'f3'), ticket);
    expect(['1', '2', '3'].filter((id) => entries.get(id))).toEqual(['3']);
    entries.put('1', state('ada', 'f1'), entries.ticket());
    expect(entries.get('1')).not.toBeNull();
  });

  it('nor one that is older than the changes it remembers', () => {
    const entries = new SessionEntries(10);
    const ticket = entries.ticket();
    entries.forget({ userId: 'ada' });
    for (let change = 0; change < 10_000; change += 1) entries.forget({ userId: `u${change}` });
    entries.put('1', state('ada', 'f1'), ticket);
    expect(entries.get('1')).toBeNull();
    const cleared = entries.ticket();
    entries.clear();
    entries.put('1', state('ada', 'f1'), cleared);
    expect(entries.get('1')).toBeNull();
  });
});
