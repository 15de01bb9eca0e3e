// What counting things reads, apart from their states: all else about a hundred thousand things is twenty times as much.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CountItems1795300000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // An entry of an index has room for fifty of the longest keys. The few things that more may read are counted apart.
    await runner.query(`
      CREATE INDEX items_counted ON items (custody) INCLUDE (audience, control, disposition, due_at, discrepancy)
      WHERE cardinality(audience) <= 40`)
    await runner.query('CREATE INDEX items_read_by_many ON items (code) WHERE cardinality(audience) > 40')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX items_read_by_many, items_counted')
  }
}
