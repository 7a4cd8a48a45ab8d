import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'bench_accounts', schema: 'public' })
export class Account {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('varchar')
  email!: string;

  @Column('varchar')
  password!: string;
}
