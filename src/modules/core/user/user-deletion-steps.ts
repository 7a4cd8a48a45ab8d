import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { discovered } from '../extension/discovered.js';
import { StepsIntoUserDeletion, UserDeletionStep } from '../extension/user-data.js';

/** What the mounted modules do, or refuse, when an account ends. */
@Injectable()
export class UserDeletionSteps {
  private steps: readonly UserDeletionStep[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** Inside the transaction of the deletion; the first refusal is thrown. */
  async run(userId: string, mode: 'soft' | 'hard'): Promise<void> {
    this.steps ??= discovered(this.discovery, StepsIntoUserDeletion, UserDeletionStep);
    for (const step of this.steps) await step.beforeDelete(userId, mode);
  }
}
