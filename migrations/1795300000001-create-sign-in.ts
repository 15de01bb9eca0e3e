// What signing in needs and the ledger does not hold: sessions, password hashes, failures, countersignatures.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CreateSignIn1795300000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The first three columns are the layout of connect-pg-simple.
    await runner.query(`
      CREATE TABLE sessions (
        sid varchar PRIMARY KEY,
        sess json NOT NULL,
        expire timestamp(6) NOT NULL
      )`)
    await runner.query('CREATE INDEX sessions_expire ON sessions (expire)')
    // To sign a person out everywhere.
    await runner.query(`CREATE INDEX sessions_person ON sessions ((sess ->> 'personId'))`)
    await runner.query(`
      CREATE TABLE credentials (
        person_id text PRIMARY KEY,
        hash text NOT NULL,
        must_change boolean NOT NULL DEFAULT false,
        changed_at timestamptz(3) NOT NULL DEFAULT now()
      )`)
    await runner.query(`
      CREATE TABLE sign_in_failures (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        login text NOT NULL,
        address text NOT NULL,
        failed_at timestamptz(3) NOT NULL DEFAULT now()
      )`)
    await runner.query('CREATE INDEX sign_in_failures_login ON sign_in_failures (login, failed_at)')
    await runner.query('CREATE INDEX sign_in_failures_address ON sign_in_failures (address, failed_at)')
    // person_id signs for a command of for_person_id with this digest, once.
    await runner.query(`
      CREATE TABLE countersignatures (
        token_hash text PRIMARY KEY CHECK (token_hash ~ '^[0-9a-f]{64}$'),
        person_id text NOT NULL,
        for_person_id text NOT NULL CHECK (for_person_id <> person_id),
        digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz(3) NOT NULL,
        used_at timestamptz(3)
      )`)
    await runner.query('CREATE INDEX countersignatures_expires ON countersignatures (expires_at)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sessions, credentials, sign_in_failures, countersignatures')
  }
}
