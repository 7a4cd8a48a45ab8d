import { Injectable } from '@nestjs/common';
import { columnList, type Columns } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmContext } from '../../../shared/persistence/typeorm-context.js';
import { emailKey } from '../user/identifier-key.js';
import type { PendingRegistrationRecord } from './pending-registration.js';
import { PendingRegistrationRepository } from './pending-registration.repository.js';

const COLUMNS: Columns<PendingRegistrationRecord> = {
  id: 'id',
  realmId: 'realm_id',
  email: 'email',
  phoneNumber: 'phone_number',
  username: 'username',
  passwordHash: 'password',
  name: 'name',
  firstName: 'first_name',
  lastName: 'last_name',
  locale: 'locale',
  expiresAt: 'expires_at',
  createdAt: 'created_at',
};
const RECORD = columnList(COLUMNS);
const MOST_OF_AN_ADDRESS = 10;

@Injectable()
export class TypeOrmPendingRegistrationRepository implements PendingRegistrationRepository {
  constructor(private readonly context: TypeOrmContext) {}

  async create(registration: PendingRegistrationRecord): Promise<void> {
    const columns = { ...COLUMNS, emailKey: 'email_key' };
    const row = {
      ...registration,
      emailKey: registration.email === null ? null : emailKey(registration.email),
    };
    const fields = Object.entries<string>(columns);
    await this.context.query(
      `INSERT INTO castellan.pending_registrations (${fields.map(([, column]) => column).join(', ')})
       VALUES (${fields.map((_, index) => `$${index + 1}`).join(', ')})`,
      fields.map(([field]) => Reflect.get(row, field) as unknown),
    );
  }

  async findById(id: string, now: Date): Promise<PendingRegistrationRecord | null> {
    const text = `SELECT ${RECORD} FROM castellan.pending_registrations WHERE id = $1 AND expires_at > $2`;
    const [row] = await this.context.query<PendingRegistrationRecord>(text, [id, now]);
    return row ?? null;
  }

  async take(id: string, now: Date): Promise<PendingRegistrationRecord | null> {
    const text = `DELETE FROM castellan.pending_registrations WHERE id = $1 AND expires_at > $2 RETURNING ${RECORD}`;
    const [row] = await this.context.query<PendingRegistrationRecord>(text, [id, now]);
    return row ?? null;
  }

  listByEmail(email: string, now: Date): Promise<PendingRegistrationRecord[]> {
    return this.listBy('email_key', emailKey(email), now);
  }

  listByPhoneNumber(phoneNumber: string, now: Date): Promise<PendingRegistrationRecord[]> {
    return this.listBy('phone_number', phoneNumber, now);
  }

  async deleteExpired(before: Date, limit: number): Promise<number> {
    const text = `DELETE FROM castellan.pending_registrations WHERE id IN
      (SELECT id FROM castellan.pending_registrations WHERE expires_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`;
    return (await this.context.query(text, [before, limit])).length;
  }

  private listBy(column: string, value: string, now: Date): Promise<PendingRegistrationRecord[]> {
    const text = `SELECT ${RECORD} FROM castellan.pending_registrations WHERE realm_id = $1 AND ${column} = $2 AND expires_at > $3
      ORDER BY created_at DESC, id DESC LIMIT ${MOST_OF_AN_ADDRESS}`;
    return this.context.query<PendingRegistrationRecord>(text, [DEFAULT_REALM_ID, value, now]);
  }
}
