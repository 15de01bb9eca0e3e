// The tables that screens read. All of them can be dropped and made again from the ledger.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CreateViews1795300000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm')
    await runner.query(`
      CREATE TABLE items (
        code text PRIMARY KEY,
        version integer NOT NULL,
        state jsonb NOT NULL,
        audience text[] NOT NULL,
        case_no text NOT NULL,
        document_no text NOT NULL,
        line text NOT NULL,
        parent text,
        class text NOT NULL,
        owning_unit text NOT NULL,
        custody text NOT NULL,
        place text,
        site text,
        holder text,
        control text NOT NULL,
        agency text NOT NULL,
        disposition text NOT NULL,
        dockets text[] NOT NULL,
        discrepancy boolean NOT NULL,
        due_at timestamptz(3),
        last_at timestamptz(3) NOT NULL
      ) WITH (toast_tuple_target = 8160)`)
    // A state has about 2 kB: by default PostgreSQL would compress it each time the thing is touched.
    // A document and line name one thing; a part that was split off carries its parent's document.
    await runner.query(`CREATE UNIQUE INDEX items_line ON items (case_no, document_no, line) WHERE parent IS NULL`)
    await runner.query('CREATE INDEX items_case ON items (case_no, code)')
    await runner.query('CREATE INDEX items_audience ON items USING gin (audience)')
    await runner.query('CREATE INDEX items_place ON items (place) WHERE place IS NOT NULL')
    await runner.query('CREATE INDEX items_holder ON items (holder) WHERE holder IS NOT NULL')
    await runner.query(`CREATE INDEX items_dockets ON items USING gin (dockets) WHERE dockets <> '{}'`)
    await runner.query('CREATE INDEX items_due ON items (due_at) WHERE due_at IS NOT NULL')
    await runner.query('CREATE INDEX items_recent ON items (last_at DESC, code)')
    // What is rare among all things, and what people look for: without these, few or none are found by reading all.
    const recent = 'last_at DESC, code'
    await runner.query(
      `CREATE INDEX items_custody ON items (custody, ${recent}) WHERE custody NOT IN ('stored', 'left')`,
    )
    await runner.query(`CREATE INDEX items_offered ON items (${recent}) WHERE control = 'offered'`)
    await runner.query(
      `CREATE INDEX items_disposition ON items (disposition, ${recent}) WHERE disposition IN ('proposed', 'approved')`,
    )
    await runner.query(`CREATE INDEX items_discrepancy ON items (${recent}) WHERE discrepancy`)

    // Apart from the items, so that moving a thing does not write its trigrams anew.
    await runner.query(`
      CREATE TABLE item_search (
        code text PRIMARY KEY,
        words text NOT NULL,
        pairs text NOT NULL
      )`)
    await runner.query('CREATE INDEX item_search_words ON item_search USING gin (words gin_trgm_ops)')
    // A trigram needs three letters; Chinese words have two. So every pair of letters is a word of its own here.
    await runner.query('CREATE INDEX item_search_pairs ON item_search USING gin (pairs gin_trgm_ops)')

    await runner.query(`
      CREATE TABLE codes (
        code text PRIMARY KEY,
        kind text NOT NULL,
        id text NOT NULL
      )`)
    await runner.query(`
      CREATE TABLE cases (
        case_no text PRIMARY KEY,
        version integer NOT NULL,
        state jsonb NOT NULL,
        audience text[] NOT NULL,
        unit text NOT NULL,
        open boolean NOT NULL,
        words text NOT NULL
      )`)
    await runner.query('CREATE INDEX cases_audience ON cases USING gin (audience)')
    await runner.query('CREATE INDEX cases_words ON cases USING gin (words gin_trgm_ops)')
    await runner.query(`
      CREATE TABLE places (
        code text PRIMARY KEY,
        version integer NOT NULL,
        state jsonb NOT NULL,
        audience text[] NOT NULL,
        parent text,
        site text NOT NULL,
        kind text NOT NULL,
        in_use boolean NOT NULL,
        sort text NOT NULL,
        words text NOT NULL
      )`)
    await runner.query('CREATE INDEX places_audience ON places USING gin (audience)')
    await runner.query('CREATE INDEX places_parent ON places (parent)')
    await runner.query(`
      CREATE TABLE people (
        id text PRIMARY KEY,
        login text NOT NULL UNIQUE,
        version integer NOT NULL,
        state jsonb NOT NULL,
        audience text[] NOT NULL,
        unit text NOT NULL,
        roles text[] NOT NULL,
        disabled boolean NOT NULL,
        words text NOT NULL
      )`)
    await runner.query('CREATE INDEX people_audience ON people USING gin (audience)')
    await runner.query(`
      CREATE TABLE units (
        id text PRIMARY KEY,
        version integer NOT NULL,
        state jsonb NOT NULL
      )`)
    await runner.query(`
      CREATE TABLE dockets (
        code text PRIMARY KEY,
        state jsonb NOT NULL,
        audience text[] NOT NULL,
        procedure text NOT NULL,
        open boolean NOT NULL,
        opened_by text NOT NULL,
        opened_at timestamptz(3) NOT NULL,
        waits_for text[] NOT NULL,
        items text[] NOT NULL,
        case_nos text[] NOT NULL
      )`)
    await runner.query('CREATE INDEX dockets_audience ON dockets USING gin (audience)')
    await runner.query('CREATE INDEX dockets_waits_for ON dockets USING gin (waits_for) WHERE open')
    await runner.query('CREATE INDEX dockets_items ON dockets USING gin (items)')
    await runner.query('CREATE INDEX dockets_opened ON dockets (opened_by, opened_at DESC)')
    await runner.query(`
      CREATE TABLE movements (
        position bigint PRIMARY KEY,
        line jsonb NOT NULL,
        audience text[] NOT NULL,
        subject_id text NOT NULL
      )`)
    await runner.query('CREATE INDEX movements_audience ON movements USING gin (audience)')
    await runner.query('CREATE INDEX movements_subject ON movements (subject_id, position)')
    // Whoever may read one of its subjects may read the file.
    await runner.query(`
      CREATE TABLE file_uses (
        sha256 text NOT NULL,
        subject_kind text NOT NULL,
        subject_id text NOT NULL,
        PRIMARY KEY (sha256, subject_kind, subject_id)
      )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE file_uses, movements, dockets, units, people, places, cases, codes, item_search, items',
    )
  }
}
