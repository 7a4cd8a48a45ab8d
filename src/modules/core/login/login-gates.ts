import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { discovered } from '../extension/discovered.js';
import { GatesLogin, type LoginChallenge, LoginGate, type SignInAttempt } from '../extension/login-gate.js';

/** What the mounted modules still ask for, before tokens are issued. */
@Injectable()
export class LoginGates {
  private gates: readonly LoginGate[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** The challenges that are open; none: the attempt passes. */
  async evaluate(attempt: SignInAttempt): Promise<LoginChallenge[]> {
    this.gates ??= discovered(this.discovery, GatesLogin, LoginGate);
    const challenges: LoginChallenge[] = [];
    for (const gate of this.gates) {
      const challenge = await gate.evaluate(attempt);
      if (challenge) challenges.push(challenge);
    }
    return challenges;
  }
}
