import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The host's own `User` in its own table `public.users`: a customer, whom orders belong to. It was here before Castellan. */
@Entity({ schema: 'public', name: 'users' })
export class User {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS' })
  id!: number;

  @Column('text', { name: 'display_name' })
  displayName!: string;

  @Column('boolean', { default: false })
  suspended!: boolean;

  /** The account in `castellan.users`; null for a customer who never signed in. */
  @Column('uuid', { name: 'castellan_user_id', nullable: true, unique: true })
  castellanUserId!: string | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;
}
