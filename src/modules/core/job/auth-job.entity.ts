import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A job of background work, which belongs to no realm. */
@Entity({ schema: 'castellan', name: 'jobs' })
export class AuthJob {
  @PrimaryColumn('varchar', { length: 100, primaryKeyConstraintName: 'jobs_pkey' })
  name!: string;

  @Column({ type: 'timestamptz', name: 'due_at', precision: 3 })
  dueAt!: Date;

  /** The node that runs it. */
  @Column('uuid', { nullable: true })
  holder!: string | null;

  @Column({ type: 'timestamptz', name: 'held_until', precision: 3, nullable: true })
  heldUntil!: Date | null;
}
