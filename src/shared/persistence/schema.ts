/** Makes the schema of Castellan's tables where it is not there. `IF NOT EXISTS` would ask for the right to create one even where it is. */
export const CREATE_SCHEMA = `DO $$ BEGIN
  IF to_regnamespace('castellan') IS NULL THEN CREATE SCHEMA castellan; END IF;
END $$`;

/** Removes it, unless there is still something in it, or it is somebody else's. */
export const DROP_SCHEMA = `DO $$ BEGIN
  DROP SCHEMA IF EXISTS castellan;
EXCEPTION WHEN dependent_objects_still_exist OR insufficient_privilege THEN NULL;
END $$`;
