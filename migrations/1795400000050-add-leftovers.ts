// What an earlier version of the rules left behind stands beside each thing, so that it can be listed until it is settled.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class AddLeftovers1795400000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE items ADD COLUMN leftovers text[] NOT NULL DEFAULT '{}'`)
    await runner.query(`CREATE INDEX items_leftovers ON items (last_at DESC, code) WHERE leftovers <> '{}'`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE items DROP COLUMN leftovers')
  }
}
