// The Merkle tree over the ledger and what was said about it: inner hashes, checkpoints, cosignatures, keys, evidence.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CreateTree1795300000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The hash of each full subtree of 256^level leaves; level 0 is the hash of the ledger's entries.
    await runner.query(`
      CREATE TABLE tree (
        level smallint NOT NULL CHECK (level BETWEEN 1 AND 6),
        index bigint NOT NULL CHECK (index >= 0),
        hash bytea NOT NULL CHECK (octet_length(hash) = 32),
        PRIMARY KEY (level, index)
      )`)
    await runner.query(`
      CREATE TABLE checkpoints (
        origin text NOT NULL CHECK (origin <> ''),
        size bigint NOT NULL CHECK (size > 0),
        root bytea NOT NULL CHECK (octet_length(root) = 32),
        note bytea NOT NULL CHECK (octet_length(note) > 0),
        made_at timestamptz(3) NOT NULL,
        PRIMARY KEY (origin, size)
      )`)
    // What witnesses put under a checkpoint; line is one signature line of its note, without the line feed.
    await runner.query(`
      CREATE TABLE cosignatures (
        origin text NOT NULL,
        size bigint NOT NULL,
        key_name text NOT NULL CHECK (key_name <> ''),
        key_id bytea NOT NULL CHECK (octet_length(key_id) = 4),
        line text NOT NULL CHECK (line ~ '^— [^ \\n]+ [^ \\n]+$'),
        at timestamptz NOT NULL,
        PRIMARY KEY (origin, size, key_name, key_id),
        FOREIGN KEY (origin, size) REFERENCES checkpoints
      )`)
    await runner.query('CREATE INDEX cosignatures_key ON cosignatures (origin, key_name, key_id, size)')
    // The keys that sign checkpoints, each from the first size it may sign.
    await runner.query(`
      CREATE TABLE log_keys (
        origin text NOT NULL CHECK (origin <> ''),
        from_size bigint NOT NULL CHECK (from_size >= 0),
        vkey text NOT NULL CHECK (vkey ~ '^[^+\\s]+[+][0-9a-f]{8}[+][A-Za-z0-9+/]+=*$'),
        added_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (origin, vkey),
        UNIQUE (origin, from_size)
      )`)
    // Contradictions and refusals, kept as they were found.
    await runner.query(`
      CREATE TABLE log_evidence (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL CHECK (kind <> ''),
        found_at timestamptz(3) NOT NULL DEFAULT now(),
        about jsonb NOT NULL,
        notes bytea[] NOT NULL DEFAULT '{}'
      )`)
    for (const table of ['tree', 'checkpoints', 'cosignatures', 'log_keys', 'log_evidence']) {
      await runner.query(`
        CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_ledger()`)
      await runner.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER refuse_change`)
    }

    // A wrong hash could never be taken back, so none is taken: the database computes them from the level below.
    await runner.query(`
      CREATE FUNCTION compute_tree_hash() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        hashes bytea;
      BEGIN
        IF NEW.level = 1 THEN
          SELECT string_agg(hash, ''::bytea ORDER BY position) INTO hashes
          FROM public.ledger WHERE position >= NEW.index * 256 AND position < NEW.index * 256 + 256;
        ELSE
          SELECT string_agg(hash, ''::bytea ORDER BY index) INTO hashes
          FROM public.tree WHERE level = NEW.level - 1 AND index >= NEW.index * 256 AND index < NEW.index * 256 + 256;
        END IF;
        IF octet_length(hashes) IS DISTINCT FROM 8192 THEN
          RAISE EXCEPTION 'A subtree enters the tree when it is full.' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.index > 0 AND NOT EXISTS (SELECT FROM public.tree WHERE level = NEW.level AND index = NEW.index - 1) THEN
          RAISE EXCEPTION 'Subtrees enter the tree without a gap.' USING ERRCODE = 'restrict_violation';
        END IF;
        WHILE octet_length(hashes) > 32 LOOP
          SELECT string_agg(sha256('\\x01'::bytea || substr(hashes, n * 64 + 1, 64)), ''::bytea ORDER BY n) INTO hashes
          FROM generate_series(0, octet_length(hashes) / 64 - 1) AS n;
        END LOOP;
        NEW.hash := hashes;
        RETURN NEW;
      END $$`)
    await runner.query(`
      CREATE TRIGGER compute_hash BEFORE INSERT ON tree
      FOR EACH ROW EXECUTE FUNCTION compute_tree_hash()`)
    await runner.query('ALTER TABLE tree ENABLE ALWAYS TRIGGER compute_hash')

    await runner.query(`
      CREATE FUNCTION check_checkpoint() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        -- An older snapshot would not show the checkpoint that another has just made.
        IF current_setting('transaction_isolation') <> 'read committed' THEN
          RAISE EXCEPTION 'Checkpoints are made under READ COMMITTED.' USING ERRCODE = 'restrict_violation';
        END IF;
        PERFORM pg_advisory_xact_lock(7305004);
        IF NEW.size > (SELECT size FROM public.ledger_head) THEN
          RAISE EXCEPTION 'A checkpoint covers no more entries than there are.' USING ERRCODE = 'restrict_violation';
        END IF;
        NEW.made_at := clock_timestamp();
        RETURN NEW;
      END $$`)
    await runner.query(`
      CREATE TRIGGER check_checkpoint BEFORE INSERT ON checkpoints
      FOR EACH ROW EXECUTE FUNCTION check_checkpoint()`)
    await runner.query('ALTER TABLE checkpoints ENABLE ALWAYS TRIGGER check_checkpoint')

    // Afterwards, when everything is visible that the same statement has added elsewhere.
    await runner.query(`
      CREATE FUNCTION check_checkpoint_order() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        IF NEW.size < (SELECT max(size) FROM public.checkpoints WHERE origin = NEW.origin) THEN
          RAISE EXCEPTION 'A checkpoint is larger than the one before.' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
      END $$`)
    await runner.query(`
      CREATE TRIGGER check_order AFTER INSERT ON checkpoints
      FOR EACH ROW EXECUTE FUNCTION check_checkpoint_order()`)
    await runner.query('ALTER TABLE checkpoints ENABLE ALWAYS TRIGGER check_order')
  }

  async down(): Promise<void> {
    throw new Error('A log that was published is not taken down. Restore a backup from before instead.')
  }
}
