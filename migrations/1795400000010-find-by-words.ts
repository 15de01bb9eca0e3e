// What things are found by stands in one table for all kinds, and lists stand in the order in which people count: 1, 2, 10.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class FindByWords1795400000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Chinese by its sound. No index is made with it: a newer ICU may order otherwise.
    await runner.query(`CREATE COLLATION natural_order (provider = icu, locale = 'zh-u-kn-true')`)
    await runner.query('DROP TABLE item_search')
    await runner.query(`
      CREATE TABLE found_by (
        kind text NOT NULL,
        id text NOT NULL,
        words text NOT NULL,
        sounds text NOT NULL,
        pairs text NOT NULL,
        PRIMARY KEY (kind, id)
      ) PARTITION BY LIST (kind)`)
    // What there is little of is not looked for among a million things.
    await runner.query(`CREATE TABLE found_by_items PARTITION OF found_by FOR VALUES IN ('item')`)
    await runner.query(`CREATE TABLE found_by_dockets PARTITION OF found_by FOR VALUES IN ('docket')`)
    await runner.query('CREATE TABLE found_by_others PARTITION OF found_by DEFAULT')
    await runner.query('CREATE INDEX found_by_words ON found_by USING gin (words gin_trgm_ops)')
    await runner.query('CREATE INDEX found_by_sounds ON found_by USING gin (sounds gin_trgm_ops)')
    // A trigram needs three letters; Chinese words have two. So every pair of letters is a word of its own here.
    await runner.query('CREATE INDEX found_by_pairs ON found_by USING gin (pairs gin_trgm_ops)')
    for (const each of ['cases', 'places', 'people']) await runner.query(`ALTER TABLE ${each} DROP COLUMN words`)
    // Whose movements, and those of which time.
    await runner.query(`CREATE INDEX movements_by ON movements ((line #>> '{by,login}'), position)`)
    await runner.query(`CREATE INDEX movements_recorded ON movements ((line ->> 'recordedAt'))`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX movements_recorded, movements_by')
    for (const each of ['cases', 'places', 'people'])
      await runner.query(`ALTER TABLE ${each} ADD COLUMN words text NOT NULL DEFAULT ''`)
    await runner.query('CREATE INDEX cases_words ON cases USING gin (words gin_trgm_ops)')
    await runner.query('DROP TABLE found_by')
    await runner.query('CREATE TABLE item_search (code text PRIMARY KEY, words text NOT NULL, pairs text NOT NULL)')
    await runner.query('CREATE INDEX item_search_words ON item_search USING gin (words gin_trgm_ops)')
    await runner.query('CREATE INDEX item_search_pairs ON item_search USING gin (pairs gin_trgm_ops)')
    await runner.query('DROP COLLATION natural_order')
  }
}
