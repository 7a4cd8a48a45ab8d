import { describe, expect, it } from '@jest/globals';
import { AccountFixture, atOnce, outcomes } from '../../../../test/support/account-fixture.js';
import { AddressCooldown } from './address-cooldown.js';

describe('AddressCooldown', () => {
  it('lets one a minute and five an hour pass', async () => {
    const fixture = await AccountFixture.create();
    const cooldown = fixture.get(AddressCooldown);
    expect(await outcomes(atOnce(20, () => cooldown.ask('reset', 'ada@example.com')))).toEqual({
      ok: 1,
      'core.rate_limited': 19,
    });
    await expect(cooldown.ask('reset', 'ada@example.com')).rejects.toMatchObject({
      status: 429,
      retryAfterSeconds: 60,
    });
    await cooldown.ask('reset', 'eve@example.com');
    await cooldown.ask('verification', 'ada@example.com');
    for (let more = 0; more < 4; more += 1) {
      fixture.clock.advance('1m');
      await cooldown.ask('reset', 'ada@example.com');
    }
    fixture.clock.advance('1m');
    await expect(cooldown.ask('reset', 'ada@example.com')).rejects.toMatchObject({
      status: 429,
      retryAfterSeconds: 55 * 60,
    });
    fixture.clock.advance('55m');
    await cooldown.ask('reset', 'ada@example.com');
    await fixture.close();
  });

  it('is scaled, and switched off by 0', async () => {
    const scaled = await AccountFixture.create({ rateLimitMultiplier: 3 });
    expect(await outcomes(atOnce(20, () => scaled.get(AddressCooldown).ask('reset', 'a')))).toEqual({
      ok: 3,
      'core.rate_limited': 17,
    });
    const off = await AccountFixture.create({ rateLimitMultiplier: 0 });
    expect(await outcomes(atOnce(20, () => off.get(AddressCooldown).ask('reset', 'a')))).toEqual({ ok: 20 });
    await scaled.close();
    await off.close();
  });
});
