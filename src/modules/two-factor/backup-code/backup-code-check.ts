import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { GuessBudget, type HashReservation, type UserRecord } from '../../core/index.js';
import { GUESS_PURPOSE } from '../factor/sent-codes.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import { BackupCodeHasher } from './backup-code-hasher.js';
import { parseBackupCode } from './backup-code-text.js';
import { BackupCodeUses } from './backup-code-uses.js';
import type { BackupCodeRecord } from './backup-code.js';
import { BackupCodeRepository } from './backup-code.repository.js';

/** Checks backup codes: one look-up and one hash, whatever was typed. */
@Injectable()
export class BackupCodeCheck {
  constructor(
    private readonly codes: BackupCodeRepository,
    private readonly uses: BackupCodeUses,
    private readonly hasher: BackupCodeHasher,
    private readonly guesses: GuessBudget,
  ) {}

  /**
   * Takes a place in the hash queue, so that no guess is counted that nobody has the time to check; then counts one, and compares.
   * @throws core.hashing_busy, core.too_many_attempts, two_factor.invalid_code
   */
  async consume(user: UserRecord, text: string, client: ClientInfo): Promise<void> {
    const place = this.hasher.reserve();
    try {
      await this.guesses.reserve(GUESS_PURPOSE, user.id);
      const code = await this.find(user.id, text, place);
      assertThat(code, TwoFactorErrors.invalid_code);
      await this.uses.use(user, code.id, client);
      await this.guesses.clear(GUESS_PURPOSE, user.id);
    } finally {
      place.release();
    }
  }

  private async find(userId: string, text: string, place: HashReservation): Promise<BackupCodeRecord | null> {
    const parsed = parseBackupCode(text);
    const record = parsed && (await this.codes.findUnused(userId, parsed.selector));
    if (parsed && record) return (await place.verify(parsed.secret, record.code)) ? record : null;
    await place.verifyDummy(text);
    return null;
  }
}
