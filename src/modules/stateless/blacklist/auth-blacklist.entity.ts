import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';

@Entity({ schema: 'castellan', name: 'blacklist' })
@Index('blacklist_subject', ['realmId', 'kind', 'subject'], { unique: true })
@Index('blacklist_recorded_at', ['recordedAt'])
@Index('blacklist_expires_at', ['expiresAt'])
@Check(
  'blacklist_kind_check',
  `(kind = 'user') = (min_token_version IS NOT NULL) AND (kind = 'claims') = (min_claims_version IS NOT NULL)`,
)
export class AuthBlacklist {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'blacklist_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @Column('varchar', { length: 16 })
  kind!: 'session' | 'user' | 'claims';

  /** The session's id or the user's. */
  @Column('uuid')
  subject!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('integer', { name: 'min_token_version', nullable: true })
  minTokenVersion!: number | null;

  @Column('integer', { name: 'min_claims_version', nullable: true })
  minClaimsVersion!: number | null;

  @Column('uuid', { name: 'kept_session_id', nullable: true })
  keptSessionId!: string | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  /** By the database's clock: the order in which other nodes read. */
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, default: () => 'clock_timestamp()' })
  recordedAt!: Date;
}
