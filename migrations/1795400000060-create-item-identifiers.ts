// Serial numbers, VIN, plates and seals of the things that have not left: whether one is told twice.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CreateItemIdentifiers1795400000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE item_identifiers (
        key text NOT NULL,
        code text NOT NULL,
        PRIMARY KEY (key, code)
      )`)
    await runner.query('CREATE INDEX item_identifiers_code ON item_identifiers (code)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE item_identifiers')
  }
}
