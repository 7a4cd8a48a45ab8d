import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From before Castellan. */
export class CreateShop1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE public.users (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      display_name text NOT NULL,
      suspended boolean NOT NULL DEFAULT false,
      created_at timestamptz NOT NULL DEFAULT now()
    )`);
    await queryRunner.query(`CREATE TABLE public.orders (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      user_id integer NOT NULL REFERENCES public.users (id),
      tenant text NOT NULL,
      item text NOT NULL,
      quantity integer NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE public.orders');
    await queryRunner.query('DROP TABLE public.users');
  }
}
