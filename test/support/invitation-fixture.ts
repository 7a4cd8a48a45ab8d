import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import {
  AdminBootstrap,
  AuthEvent,
  type CastellanFeature,
  invitation,
  type InvitationOptions,
  MaintenanceRunner,
  OnAuthEvent,
  organization,
  rbac,
} from '../../src/index.js';
import type { AuditEntry } from '../../src/shared/events/audit-entry.js';
import { type Answer, createTestAuth, type TestAuth, type TestAuthOptions } from '../../src/testing/index.js';

export const PASSWORD = 'a gatehouse of 7 towers';
const ROOT = 'root@example.com';

/** Remembers how events say that they are recorded. */
@Injectable()
class AuditRecorder {
  readonly entries: AuditEntry[] = [];

  @OnAuthEvent(AuthEvent, { phase: 'transaction' })
  onEvent(event: AuthEvent): void {
    const entry = event.audit();
    if (entry?.action.startsWith('invitation.')) this.entries.push(entry);
  }
}

@Module({ providers: [AuditRecorder], exports: [AuditRecorder] })
class RecorderModule {}

export interface Someone {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

/** Castellan in memory, with invitations and a clock that a test moves. */
export class InvitationFixture {
  private constructor(
    readonly auth: TestAuth,
    readonly admin: Someone,
  ) {}

  static async start(
    options: InvitationOptions = {},
    { modules = [rbac(), organization()], ...core }: TestAuthOptions = {},
  ): Promise<InvitationFixture> {
    const all: CastellanFeature[] = [...modules, invitation(options)];
    const auth = await createTestAuth({ imports: [RecorderModule], ...core, modules: all });
    await auth.app.get(AdminBootstrap, { strict: false }).createFirst(ROOT, PASSWORD);
    return new InvitationFixture(auth, await logIn(auth, ROOT));
  }

  get audit(): readonly AuditEntry[] {
    return this.auth.app.get(AuditRecorder, { strict: false }).entries;
  }

  /** Somebody new, where sign-up is open. */
  async person(name: string): Promise<Someone> {
    const email = `${name}@example.com`;
    await this.auth.api.post('/signup', { email, username: name, password: PASSWORD });
    return logIn(this.auth, email);
  }

  logIn(email: string): Promise<Someone> {
    return logIn(this.auth, email);
  }

  invite(fields: object, by: Someone = this.admin): Promise<Answer> {
    return this.auth.api.post('/invitations', fields, { token: by.token });
  }

  inviteInto(organizationId: string, fields: object, by: Someone = this.admin): Promise<Answer> {
    return this.auth.api.post(`/organizations/${organizationId}/invitations`, fields, { token: by.token });
  }

  /** The status as it is listed. */
  async statusOf(id: string): Promise<unknown> {
    return (await this.auth.api.get(`/invitations/${id}`, { token: this.admin.token })).body['status'];
  }

  async tokenTo(email: string): Promise<string> {
    await this.auth.drainOutbox();
    return this.auth.mailbox.lastToken(email);
  }

  signUp(token: string, fields: object = {}): Promise<Answer> {
    return this.auth.api.post('/invitations/sign-up', { token, password: PASSWORD, ...fields });
  }

  runJobs(): Promise<void> {
    return this.auth.app.get(MaintenanceRunner, { strict: false }).run();
  }
}

async function logIn(auth: TestAuth, email: string): Promise<Someone> {
  const { body } = await auth.api.post('/login', { email, password: PASSWORD });
  return { id: body.user.id, email, token: body.access_token };
}
