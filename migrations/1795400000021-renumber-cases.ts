// A case is found by every number that it ever had.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class RenumberCases1795400000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE cases ADD COLUMN former_nos text[] NOT NULL DEFAULT '{}'`)
    await runner.query('CREATE INDEX cases_former_nos ON cases USING gin (former_nos)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE cases DROP COLUMN former_nos')
  }
}
