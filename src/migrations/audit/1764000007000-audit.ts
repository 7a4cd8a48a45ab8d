import type { MigrationInterface, QueryRunner } from 'typeorm';

const REALM = `realm_id uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'`;

/** The log, the checkpoints that seal it, and triggers that let neither be rewritten. */
export class Audit1764000007000 implements MigrationInterface {
  name = 'Audit1764000007000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...INDEXES, ...APPEND_ONLY]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['audit_logs', 'audit_checkpoints']) {
      await queryRunner.query(`DROP TABLE castellan.${table}`);
      await queryRunner.query(`DROP FUNCTION castellan.${table}_append_only()`);
    }
    await queryRunner.query('DROP FUNCTION castellan.audit_refuses()');
  }
}

const TABLES = [
  `CREATE TABLE castellan.audit_checkpoints (
    id uuid PRIMARY KEY,
    ${REALM},
    retention varchar(32) NOT NULL,
    sequence integer NOT NULL,
    count integer NOT NULL,
    first_id uuid NOT NULL,
    last_id uuid NOT NULL,
    last_at timestamptz(3) NOT NULL,
    digests text,
    root varchar(64) NOT NULL,
    previous_hash varchar(64),
    hash varchar(64) NOT NULL,
    mac varchar(128) NOT NULL,
    sealed_at timestamptz(3) NOT NULL,
    dropped_at timestamptz(3),
    CONSTRAINT audit_checkpoints_count_check CHECK (count > 0 AND sequence > 0),
    CONSTRAINT audit_checkpoints_digests_check CHECK ((digests IS NULL) = (dropped_at IS NOT NULL))
  )`,
  // No foreign keys: a record outlives the accounts and organizations that it names.
  `CREATE TABLE castellan.audit_logs (
    id uuid PRIMARY KEY,
    ${REALM},
    action varchar(64) COLLATE "C" NOT NULL,
    actor_id uuid,
    actor_type varchar(16) NOT NULL,
    impersonator_id uuid,
    target_id varchar(64) COLLATE "C",
    target_type varchar(32),
    organization_id uuid,
    severity varchar(16) COLLATE "C" NOT NULL DEFAULT 'info',
    details text NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}',
    ip_address varchar(45),
    user_agent varchar(512),
    request_id uuid NOT NULL,
    retention varchar(32) NOT NULL,
    batch_id uuid,
    personal_salt varchar(22),
    personal_commitment varchar(43) NOT NULL,
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT audit_logs_actor_type_check CHECK (actor_type IN ('user', 'admin', 'system', 'anonymous')),
    CONSTRAINT audit_logs_severity_check CHECK (severity IN ('info', 'warning', 'critical'))
  )`,
];

const INDEXES = [
  'CREATE UNIQUE INDEX audit_checkpoints_sequence ON castellan.audit_checkpoints (realm_id, retention, sequence)',
  'CREATE INDEX audit_checkpoints_kept ON castellan.audit_checkpoints (retention, last_at) WHERE dropped_at IS NULL',
  'CREATE INDEX audit_logs_actor ON castellan.audit_logs (actor_id, id)',
  'CREATE INDEX audit_logs_target ON castellan.audit_logs (target_id, id)',
  'CREATE INDEX audit_logs_organization ON castellan.audit_logs (organization_id, id)',
  'CREATE INDEX audit_logs_action ON castellan.audit_logs (action, id)',
  'CREATE INDEX audit_logs_severity ON castellan.audit_logs (severity, id)',
  'CREATE INDEX audit_logs_batch ON castellan.audit_logs (batch_id)',
  'CREATE INDEX audit_logs_unsealed ON castellan.audit_logs (retention, id) WHERE batch_id IS NULL',
];

/** A record may get its batch, once, and lose what names a person; it goes with a batch that retention has dropped. Nothing else. */
const APPEND_ONLY = [
  `CREATE FUNCTION castellan.audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
   END $$`,
  `CREATE FUNCTION castellan.audit_logs_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE
     allowed castellan.audit_logs := OLD;
   BEGIN
     IF TG_OP = 'DELETE' THEN
       IF EXISTS (SELECT FROM castellan.audit_checkpoints WHERE id = OLD.batch_id AND dropped_at IS NOT NULL) THEN
         RETURN OLD;
       END IF;
     ELSE
       IF OLD.batch_id IS NULL THEN
         allowed.batch_id := NEW.batch_id;
       END IF;
       IF NEW.personal_salt IS NULL THEN
         allowed.ip_address := NULL;
         allowed.user_agent := NULL;
         allowed.personal_salt := NULL;
       END IF;
       IF NEW IS NOT DISTINCT FROM allowed THEN
         RETURN NEW;
       END IF;
     END IF;
     RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
   END $$`,
  `CREATE FUNCTION castellan.audit_checkpoints_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE
     allowed castellan.audit_checkpoints := OLD;
   BEGIN
     IF TG_OP = 'UPDATE' AND OLD.dropped_at IS NULL THEN
       allowed.dropped_at := NEW.dropped_at;
       allowed.digests := NULL;
       IF NEW IS NOT DISTINCT FROM allowed THEN
         RETURN NEW;
       END IF;
     END IF;
     RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
   END $$`,
  ...['audit_logs', 'audit_checkpoints'].flatMap((table) => [
    `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON castellan.${table}
     FOR EACH ROW EXECUTE FUNCTION castellan.${table}_append_only()`,
    `CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON castellan.${table}
     FOR EACH STATEMENT EXECUTE FUNCTION castellan.audit_refuses()`,
  ]),
];
