import { Injectable } from '@nestjs/common';
import { StepsIntoUserDeletion, UserDeletionStep } from '../../core/index.js';
import { AuditLogRepository } from './audit-log.repository.js';

/** Erases where an account was used from when the account is; the records stay, under an id that names nobody any more. */
@StepsIntoUserDeletion({ order: 100 })
@Injectable()
export class PersonalErasure extends UserDeletionStep {
  constructor(private readonly log: AuditLogRepository) {
    super();
  }

  override async beforeDelete(userId: string, mode: 'soft' | 'hard'): Promise<void> {
    if (mode === 'hard') await this.log.erasePersonal(userId);
  }
}
