// The books of money: a line for each sum that came or went. Made again from the ledger like every view.

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CreateMoneyLines1795400000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE money_lines (
        position bigint NOT NULL,
        leg integer NOT NULL,
        item text NOT NULL,
        case_no text NOT NULL,
        currency text NOT NULL,
        account text NOT NULL,
        institution text NOT NULL,
        kind text NOT NULL,
        amount numeric NOT NULL,
        fact text NOT NULL,
        docket text,
        voucher jsonb,
        at timestamptz(3) NOT NULL,
        PRIMARY KEY (position, leg)
      )`)
    await runner.query(`CREATE INDEX money_lines_case ON money_lines (case_no DESC, (currency || ' ' || account))`)
    await runner.query('CREATE INDEX money_lines_item ON money_lines (item)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE money_lines')
  }
}
