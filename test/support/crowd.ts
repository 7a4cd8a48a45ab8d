import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Answer, TestClient } from '../../src/testing/test-client.js';
import { freshEmail, PASSWORD } from './accounts.js';
import { sql } from './sql.js';

const CONSISTENCY = readFileSync('test/consistency.sql', 'utf8');

interface Visitor {
  readonly email: string;
  access: string;
  refresh: string;
  busy: boolean;
}

/**
 * Users of whom each goes on with what it was last given. Of twenty requests one signs up, one logs in, two refresh, and sixteen ask who they are: two in
 * twenty cost a hash, more than which no two cores carry at the rates of the faults.
 */
export class Crowd {
  /** Addresses whose sign-up was acknowledged. */
  private readonly signedUp: string[] = [];
  private turn = 0;

  /** Without visitors it can sign up new ones alone. */
  constructor(
    private readonly api: TestClient,
    private readonly visitors: readonly Visitor[] = [],
  ) {}

  static async enter(api: TestClient, size = 20): Promise<Crowd> {
    const visitors: Visitor[] = [];
    for (let count = 0; count < size; count += 1) {
      const email = freshEmail('crowd');
      expect((await api.post('/signup', { email, password: PASSWORD })).status).toBe(201);
      const { status, body } = await api.post('/login', { email, password: PASSWORD });
      expect(status).toBe(200);
      visitors.push({ email, access: body.access_token, refresh: body.refresh_token, busy: false });
    }
    return new Crowd(api, visitors);
  }

  /** What a visitor does as the `count`-th request. */
  readonly act = (count: number): Promise<Answer> => {
    const kind = count % 20;
    if (kind === 0) return this.signUp();
    const visitor = this.next();
    if (kind === 10) return this.api.post('/login', { email: visitor.email, password: PASSWORD });
    if (kind % 10 === 5 && !visitor.busy) return this.refresh(visitor);
    return this.api.get('/me', { token: visitor.access });
  };

  async signUp(): Promise<Answer> {
    const email = freshEmail('crowd');
    const answer = await this.api.post('/signup', { email, password: PASSWORD });
    if (answer.status === 201) this.signedUp.push(email);
    return answer;
  }

  get acknowledged(): number {
    return this.signedUp.length;
  }

  /** Nothing that was acknowledged is lost, and nothing is half made. */
  async expectSound(url: string | null): Promise<void> {
    const rows = await sql<{ email: string }>(url, 'SELECT email FROM castellan.users');
    const stored = new Set(rows.map(({ email }) => email));
    expect(this.signedUp.filter((email) => !stored.has(email))).toEqual([]);
    expect(await sql(url, CONSISTENCY)).toEqual([]);
  }

  /** The last refresh token that each was given is still of use. */
  async expectSessions(): Promise<void> {
    for (const visitor of this.visitors) expect((await this.refresh(visitor)).status).toBe(200);
  }

  private next(): Visitor {
    const visitor = this.visitors[(this.turn += 1) % this.visitors.length];
    if (!visitor) throw new Error('An empty crowd.');
    return visitor;
  }

  private async refresh(visitor: Visitor): Promise<Answer> {
    visitor.busy = true;
    try {
      const answer = await this.api.post('/refresh', { refresh_token: visitor.refresh });
      if (answer.status === 200)
        Object.assign(visitor, { access: answer.body.access_token, refresh: answer.body.refresh_token });
      return answer;
    } finally {
      visitor.busy = false;
    }
  }
}
