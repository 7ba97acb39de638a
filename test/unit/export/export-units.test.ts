import { describe, expect, it } from 'vitest';
import { directorRules } from '../../../src-main/export/director-rules.ts';
import { exportUnits } from '../../../src-main/export/export-units.ts';
import type { PlannedStep } from '../../../src-main/plan/plan-recipe.ts';
import { parseRules } from '../../../src-main/ipvs/ipvsadm-rules.ts';
import { fileStep } from '../lab/scratch-guests.ts';
import { everySource } from './every-source.ts';
import { exampleSource } from './example-source.ts';

/** The files that are exported of steps, by their names. */
function unitsOf(steps: readonly PlannedStep[]): Record<string, string> {
  return Object.fromEntries(exportUnits(exampleSource(steps)).map(({ name, content }) => [name, content]));
}

describe('exportUnits', () => {
  it('has the unit run what no file stands for, and take it back', () => {
    const files = unitsOf([fileStep('rs1', 'a', 'new')]);
    expect(Object.keys(files).sort()).toEqual([
      'README.md',
      'rs1/etc/systemd/system/lvs.service',
      'rs1/install.sh',
      'rs1/remove.sh',
      'rs1/usr/local/sbin/lvs-down',
      'rs1/usr/local/sbin/lvs-up',
    ]);
    expect(files['rs1/usr/local/sbin/lvs-up']).toContain("printf '%s\\n' 'new' > a");
    expect(files['rs1/usr/local/sbin/lvs-down']).toContain('then rm a; else');
    const unit = files['rs1/etc/systemd/system/lvs.service'] ?? '';
    expect(unit).not.toContain('sysctl -q');
    expect(unit).toContain('until test -e /sys/class/net/eth0;');
  });

  it('writes each kernel value once, and has them restored when the unit stops', () => {
    const persistent = (...sysctl: string[]) => ({ persistent: { sysctl } });
    const files = unitsOf([
      fileStep('rs1', 'a', 'new', persistent('net.ipv4.conf.all.rp_filter = 0')),
      fileStep(
        'rs1',
        'b',
        'new',
        persistent('net.ipv4.conf.all.rp_filter = 0', 'net.ipv4.conf.eth0.rp_filter = 0'),
      ),
    ]);
    expect(linesOf(files['rs1/etc/sysctl.d/90-lvs.conf'])).toEqual([
      'net.ipv4.conf.all.rp_filter = 0',
      'net.ipv4.conf.eth0.rp_filter = 0',
    ]);
    expect(files['rs1/usr/local/sbin/lvs-up']?.match(/sysctl -q -e -p/g)).toHaveLength(2);
    expect(files['rs1/usr/local/sbin/lvs-up']).not.toContain('> a');
    expect(files['rs1/etc/systemd/system/lvs.service']).toContain(
      'ExecStopPost=/sbin/sysctl -q -e -p /var/lib/lvs/sysctl.before',
    );
  });

  it('makes the whole table at once, and takes it back entry by entry', () => {
    const rule = (file: string, line: string) =>
      fileStep('rs1', file, 'new', { undo: [`undo ${file}`], persistent: { ipvsadm: [line] } });
    const files = unitsOf([rule('a', '-A first'), fileStep('rs1', 'between', 'new'), rule('b', '-a second')]);
    expect(linesOf(files['rs1/etc/ipvsadm.rules'])).toEqual(['-A first', '-a second']);
    expect(files['rs1/usr/local/sbin/lvs-up']?.match(/ipvsadm-restore </g)).toHaveLength(1);
    const down = files['rs1/usr/local/sbin/lvs-down'] ?? '';
    expect(down.indexOf('undo b')).toBeLessThan(down.indexOf('undo a'));
    expect(down.indexOf('undo b')).toBeGreaterThan(0);
  });

  it('installs whole files, and binds services to the unit', () => {
    const files = unitsOf([
      fileStep('rs1', 'a', 'new', { persistent: { files: { '/var/www/html/index.html': 'rs1\n' } } }),
      fileStep('rs1', 'b', 'new', { persistent: { service: 'nginx' } }),
    ]);
    expect(files['rs1/var/www/html/index.html']).toBe('rs1\n');
    expect(files['rs1/install.sh']).toContain(
      'install -D -m 644 var/www/html/index.html /var/www/html/index.html',
    );
    expect(files['rs1/remove.sh']).toContain('put_back var/www/html/index.html');
    expect(files['rs1/etc/systemd/system/lvs.service']).toMatch(/^Wants=.* nginx\.service$/m);
    expect(files['rs1/etc/systemd/system/nginx.service.d/lvs.conf']).toContain('PartOf=lvs.service');
    expect(files['rs1/usr/local/sbin/lvs-up']).not.toMatch(/> [ab]$/m);
  });
});

describe.each(await everySource())('the persistent form of $name', ({ source }) => {
  it('has the kernel values and the rules that the commands set', () => {
    for (const { commands, persistent } of source.steps) {
      const words = commands.join(' ').split(' ');
      if (persistent?.sysctl) {
        expect(persistent.sysctl.map((line) => line.replace(' = ', '=')).sort()).toEqual(
          words.filter((word) => word.includes('=')).sort(),
        );
      } else expect(commands.join('\n')).not.toContain('sysctl -w');
      if (persistent?.ipvsadm) expect(persistent.ipvsadm.map((line) => `ipvsadm ${line}`)).toEqual(commands);
    }
    const rules = exportUnits(source).find(({ name }) => name.endsWith('/etc/ipvsadm.rules'));
    expect(parseRules(linesOf(rules?.content).join('\n'))).toEqual(directorRules(source));
  });

  it('has the files that the commands write', () => {
    for (const { commands, persistent } of source.steps) {
      for (const file of Object.keys(persistent?.files ?? {}))
        expect(commands.join('\n')).toContain(`> ${file}`);
      if (persistent?.service) expect(commands).toEqual([`systemctl start ${persistent.service}`]);
    }
  });
});

function linesOf(content = ''): string[] {
  return content.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
