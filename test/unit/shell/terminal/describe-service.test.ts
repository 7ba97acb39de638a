import { describe, expect, it } from 'vitest';
import { describeService } from '../../../../src-main/shell/terminal/describe-service.ts';
import { fakeServiceChange } from '../../../support/fake/fake-service-change.ts';
import { fakeTemplate, fakeView } from '../../../support/fake/fake-plan.ts';

describe('describeService', () => {
  it('tells what was run and what each said', async () => {
    const view = fakeView(await fakeTemplate('three-modes'), 'dr', 'demo');
    const { result } = fakeServiceChange(view, { scheduler: 'wrr' });
    expect(describeService(result)).toContain(
      [
        '  $ ipvsadm -E -t 10.10.0.100:80 -s wrr',
        '',
        '  $ ipvsadm -Sn',
        '    -A -t 10.10.0.100:80 -s wrr',
        '',
      ].join('\n'),
    );
  });
});
