// Reports of people who checked the whole log: what they checked, when, and how it went.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CreateVerifications1795300000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE log_verifications (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        origin text NOT NULL CHECK (origin <> ''),
        size bigint NOT NULL CHECK (size > 0),
        root bytea NOT NULL CHECK (octet_length(root) = 32),
        sound boolean NOT NULL,
        handed_in_by text NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT now()
      )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE log_verifications')
  }
}
