// The ledger: entries in order, the head that numbers them, and the triggers that let both only grow.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CreateLedger1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_head (
        singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
        size bigint NOT NULL CHECK (size >= 0),
        clock timestamptz(3) NOT NULL,
        origin text CHECK (origin <> '')
      )`)
    await runner.query(`INSERT INTO ledger_head (size, clock) VALUES (0, '-infinity')`)

    // body and hash are the record; every other column is a copy for look-up.
    await runner.query(`
      CREATE TABLE ledger (
        position bigint PRIMARY KEY CHECK (position >= 0),
        body bytea NOT NULL CHECK (octet_length(body) BETWEEN 2 AND 65535),
        hash bytea NOT NULL,
        subject_kind text NOT NULL CHECK (subject_kind <> ''),
        subject_id text NOT NULL CHECK (subject_id <> ''),
        version integer NOT NULL CHECK (version > 0),
        step text NOT NULL CHECK (step <> ''),
        fact text NOT NULL CHECK (fact <> ''),
        docket text CHECK (docket <> ''),
        actor_id text NOT NULL CHECK (actor_id <> ''),
        command_id uuid NOT NULL,
        ordinal integer NOT NULL CHECK (ordinal >= 0),
        occurred_at timestamptz(3) NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        audience text[] NOT NULL,
        CONSTRAINT ledger_hash CHECK (hash = sha256('\\x00'::bytea || body)),
        CONSTRAINT ledger_subject_version UNIQUE (subject_kind, subject_id, version),
        CONSTRAINT ledger_command_ordinal UNIQUE (command_id, ordinal)
      )`)
    await runner.query('CREATE INDEX ledger_docket ON ledger (docket, position) WHERE docket IS NOT NULL')

    await runner.query(`
      CREATE FUNCTION refuse_change_of_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'The ledger only grows: % of % is refused.', TG_OP, TG_TABLE_NAME
          USING ERRCODE = 'restrict_violation', HINT = 'Record a correction instead.';
      END $$`)
    for (const [table, operations] of [
      ['ledger', 'UPDATE OR DELETE OR TRUNCATE'],
      ['ledger_head', 'INSERT OR DELETE OR TRUNCATE'],
    ]) {
      await runner.query(`
        CREATE TRIGGER refuse_change BEFORE ${operations} ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_ledger()`)
      // ALWAYS: also in a session that replays for a replica.
      await runner.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER refuse_change`)
    }

    // The three below make positions free of gaps whoever writes: new entries end where the head says, follow the
    // entry before them, and a head cannot be committed without its last entry.
    await runner.query(`
      CREATE FUNCTION check_ledger_insert() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        added record;
      BEGIN
        SELECT count(*) AS size, min(position) AS first, max(position) AS last INTO added FROM added_entries;
        IF added.size > 0 AND (
          added.last - added.first + 1 <> added.size
          OR added.last + 1 <> (SELECT size FROM public.ledger_head)
          OR (added.first > 0 AND NOT EXISTS (SELECT FROM public.ledger WHERE position = added.first - 1))
        ) THEN
          RAISE EXCEPTION 'Entries must follow the last one without a gap.' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
      END $$`)
    await runner.query(`
      CREATE TRIGGER check_insert AFTER INSERT ON ledger REFERENCING NEW TABLE AS added_entries
      FOR EACH STATEMENT EXECUTE FUNCTION check_ledger_insert()`)
    await runner.query('ALTER TABLE ledger ENABLE ALWAYS TRIGGER check_insert')

    await runner.query(`
      CREATE FUNCTION check_ledger_head() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.size <= OLD.size OR NEW.clock < OLD.clock OR NEW.origin IS NULL OR NEW.origin <> OLD.origin THEN
          RAISE EXCEPTION 'The head of the ledger only moves on.' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$`)
    await runner.query(`
      CREATE TRIGGER check_head BEFORE UPDATE ON ledger_head
      FOR EACH ROW EXECUTE FUNCTION check_ledger_head()`)
    await runner.query('ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER check_head')

    await runner.query(`
      CREATE FUNCTION check_ledger_end() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (SELECT FROM public.ledger WHERE position = NEW.size - 1) THEN
          RAISE EXCEPTION 'The head of the ledger points behind its last entry.' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
      END $$`)
    await runner.query(`
      CREATE CONSTRAINT TRIGGER check_end AFTER UPDATE ON ledger_head DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION check_ledger_end()`)
    await runner.query('ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER check_end')
  }

  async down(): Promise<void> {
    throw new Error('A ledger is not taken down. Restore a backup from before instead.')
  }
}
