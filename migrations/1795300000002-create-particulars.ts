// What stands beside the ledger: erasable particulars, files, followers' positions, settings of this installation.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CreateParticulars1795300000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // An entry holds only the commitment; erasing salt and data leaves the ledger whole and the commitment blind.
    await runner.query(`
      CREATE TABLE particulars (
        commitment text PRIMARY KEY CHECK (commitment ~ '^[0-9a-f]{64}$'),
        salt bytea CHECK (octet_length(salt) = 32),
        data jsonb,
        recorded_at timestamptz(3) NOT NULL DEFAULT now(),
        erased_at timestamptz(3),
        CHECK (CASE WHEN erased_at IS NULL THEN salt IS NOT NULL AND data IS NOT NULL
                    ELSE salt IS NULL AND data IS NULL END)
      )`)
    await runner.query(`
      CREATE TABLE files (
        sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        bytes bigint NOT NULL CHECK (bytes >= 0),
        type text NOT NULL,
        name text NOT NULL,
        audience text[] NOT NULL DEFAULT '{}',
        uploaded_by text NOT NULL,
        uploaded_at timestamptz(3) NOT NULL DEFAULT now()
      )`)
    // The last position a follower has dealt with; -1 before the first entry.
    await runner.query(`
      CREATE TABLE follower_positions (
        name text PRIMARY KEY,
        position bigint NOT NULL DEFAULT -1 CHECK (position >= -1),
        moved_at timestamptz(3) NOT NULL DEFAULT now()
      )`)
    // What all servers of one installation share, such as the secret that signs session cookies.
    await runner.query(`
      CREATE TABLE installation (
        name text PRIMARY KEY,
        value text NOT NULL
      )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE particulars, files, follower_positions, installation')
  }
}
