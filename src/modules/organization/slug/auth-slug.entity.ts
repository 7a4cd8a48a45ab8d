import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { SlugOwnerKind } from './slug.js';

@Entity({ schema: 'castellan', name: 'slugs' })
@Index('slugs_slug', ['realmId', 'namespace', 'slug'], { unique: true })
@Index('slugs_owner', ['kind', 'ownerId'])
export class AuthSlug {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'slugs_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @Column('varchar', { length: 16 })
  namespace!: string;

  @Column('varchar', { length: 63 })
  slug!: string;

  @Column('varchar', { length: 16 })
  kind!: SlugOwnerKind;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('boolean', { default: true })
  current!: boolean;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
