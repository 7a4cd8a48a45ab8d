-- What the sink writes to. Ids are of version 7, so that the order of ids is the order of time.
CREATE TABLE audit_logs (
  id UUID,
  created_at DateTime64(3, 'UTC'),
  action LowCardinality(String),
  severity LowCardinality(String),
  actor_id Nullable(UUID),
  actor_type LowCardinality(String),
  impersonator_id Nullable(UUID),
  target_id Nullable(String),
  target_type LowCardinality(Nullable(String)),
  organization_id Nullable(UUID),
  details String,
  metadata String,
  ip_address Nullable(String),
  user_agent Nullable(String),
  request_id UUID
) ENGINE = MergeTree
PARTITION BY toYYYYMM(created_at)
ORDER BY (created_at, id)
SETTINGS non_replicated_deduplication_window = 1000;
