import { isContractProcedure } from '@orpc/contract';
import { describe, expect, it } from 'vitest';
import { appContract, LAB_ERROR } from '../../../src-main/contract/app-contract.ts';

const procedures = Object.entries(appContract).flatMap(([group, calls]) =>
  Object.entries(calls).map(([name, procedure]) => ({
    path: `${group}.${name}`,
    procedure: procedure as unknown,
  })),
);

describe.each(procedures)('$path', ({ procedure }) => {
  it('has its input and output checked, and fails with an ErrorInfo', () => {
    if (!isContractProcedure(procedure)) expect.fail('no procedure');
    expect(procedure['~orpc']).toMatchObject({
      inputSchema: expect.anything() as unknown,
      outputSchema: expect.anything() as unknown,
      errorMap: { [LAB_ERROR]: expect.anything() as unknown },
    });
  });
});
