// Links that administrators hand out, with which people set their own password: one a person, once.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CreatePasswordLinks1795300000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE password_links (
        person_id text PRIMARY KEY,
        token_hash text NOT NULL UNIQUE CHECK (token_hash ~ '^[0-9a-f]{64}$'),
        issued_by text NOT NULL,
        expires_at timestamptz(3) NOT NULL
      )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE password_links')
  }
}
