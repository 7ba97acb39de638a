import { describe, expect, it } from 'vitest';
import { schedulerInfoSchema } from '../../../src-main/contract/ipvs.ts';
import { parseProbe, probeSchedulers } from '../../../src-main/ipvs/probe-schedulers.ts';
import { schedulerCatalogue } from '../../../src-main/ipvs/scheduler-catalogue.ts';
import { listing } from './read-listing.ts';

const names = (output: string) => parseProbe(output)?.schedulers.map(({ name, as }) => `${name} ${as}`);

describe('parseProbe', () => {
  it('tells modules, loaded and built in ones, in the order of the catalogue', () => {
    const folder = '/lib/modules/6.1.0/kernel/net/netfilter/ipvs';
    const output = `kernel 6.1.0
builtin ip_vs_mh.ko
module ${folder}/ip_vs_wlc.ko.xz
module ${folder}/ip_vs_rr.ko
module ${folder}/ip_vs_ftp.ko
module ${folder}/ip_vs_pe_sip.ko
module ${folder}/ip_vs_new.ko.zst
loaded ip_vs_rr
loaded ip_vs_ftp
`;
    expect(names(output)).toEqual(['rr loaded', 'wlc module', 'mh builtin', 'new module']);
    expect(parseProbe(output)).toMatchObject({ kernel: '6.1.0' });
    expect(parseProbe(output)?.schedulers.at(-1)?.info).toBeNull();
    expect(parseProbe(output)?.schedulers[0]?.info?.title).toBe('Round robin');
  });

  it('reads what a guest printed', () => {
    const found = names(listing('probe-6.1'))?.map((words) => words.replace(' module', ''));
    expect(found?.join(' ')).toBe('rr loaded wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh');
  });

  it('knows a kernel without any, and no kernel', () => {
    expect(names('kernel 5.4\n')).toEqual([]);
    expect(parseProbe('')).toBeUndefined();
  });
});

describe('probeSchedulers', () => {
  it('says what the guest said when it does not tell', async () => {
    const director = { run: async () => ({ exitCode: 127, stdout: '', stderr: 'uname: not found\n' }) };
    await expect(probeSchedulers(director)).rejects.toMatchObject({
      code: 'guest-command-failed',
      details: { why: 'uname: not found' },
    });
  });
});

describe('the catalogue', () => {
  it('describes every scheduler once', () => {
    expect(schedulerCatalogue.map(({ name }) => name).join(' ')).toBe(
      'rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh twos',
    );
    for (const info of schedulerCatalogue) {
      expect(schedulerInfoSchema.parse(info)).toEqual(info);
      expect(info.does.text).toMatch(/^[A-Z].*\.$/);
      expect(info.predicts).toMatch(/^[A-Z].*\.$/);
    }
  });
});
