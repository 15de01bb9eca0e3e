// The line of a registration that was void is free for the right one.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class FreeVoidLines1795400000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX items_line')
    await runner.query(`
      CREATE UNIQUE INDEX items_line ON items (case_no, document_no, line)
      WHERE parent IS NULL AND (state #>> '{custody,how}') IS DISTINCT FROM 'void'`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX items_line')
    await runner.query('CREATE UNIQUE INDEX items_line ON items (case_no, document_no, line) WHERE parent IS NULL')
  }
}
