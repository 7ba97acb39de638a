import { describe, expect, it } from 'vitest';
import { exportScripts } from '../../../src-main/export/export-scripts.ts';
import { fileStep } from '../lab/scratch-guests.ts';
import { exampleSource } from './example-source.ts';
import { scratchMachine } from './run-scripts.ts';

const odd = `it's "odd": $HOME \`id\` \\ * ; & (x)`;

describe.each(['sh', 'bash'])('an exported script, run by %s', (shell) => {
  it('applies, holds when run again, and is taken back to what was', async () => {
    await using machine = await scratchMachine(
      [fileStep('rs1', 'a', 'new'), fileStep('rs1', 'b', 'new')],
      shell,
    );
    await machine.write('a', 'old\n');
    expect(await machine.sh('rs1.sh')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await machine.read('a')).toBe('new\n');

    const again = await machine.sh('rs1.sh');
    expect(again.stdout.split('\n')).toEqual(['  holds   Write a', '  holds   Write b', 'All of it holds.']);

    expect(await machine.sh('undo-rs1.sh')).toMatchObject({ exitCode: 0, stderr: '' });
    expect([await machine.read('a'), await machine.read('b')]).toEqual(['old\n', undefined]);
    expect((await machine.sh('undo-rs1.sh')).stdout).toContain('was so  Write a');
  });

  it('takes values for what they are, whatever is in them', async () => {
    const title = { en: odd };
    await using machine = await scratchMachine([fileStep('rs1', 'a', 'new', { title, why: title })], shell);
    await machine.write('a', `${odd}\n`);
    const { stdout } = await machine.sh('rs1.sh');
    expect(stdout).toContain(`change  ${odd}`);
    await machine.sh('undo-rs1.sh');
    expect(await machine.read('a')).toBe(`${odd}\n`);
  });

  it('goes back to what was before the first of several changes', async () => {
    await using machine = await scratchMachine([fileStep('rs1', 'a', 'new')], shell);
    await machine.write('a', 'old\n');
    await machine.sh('rs1.sh');
    await machine.write('a', 'drifted\n');
    await machine.sh('rs1.sh');
    expect(await machine.read('a')).toBe('new\n');
    await machine.sh('undo-rs1.sh');
    expect(await machine.read('a')).toBe('old\n');
  });

  it('leaves alone in undo what held before', async () => {
    await using machine = await scratchMachine([fileStep('rs1', 'a', 'new')], shell);
    await machine.write('a', 'new\n');
    await machine.sh('rs1.sh');
    await machine.sh('undo-rs1.sh');
    expect(await machine.read('a')).toBe('new\n');
  });

  it('ends at the first command that fails, and says which', async () => {
    const wrong = fileStep('rs1', 'a', 'new', { commands: ['true', 'echo no such thing; false\ntouch a'] });
    await using machine = await scratchMachine([wrong, fileStep('rs1', 'b', 'new')], shell);
    const { exitCode, stdout } = await machine.sh('rs1.sh');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('failed  Write a: command 2 ended with 1\n      no such thing');
    expect([await machine.read('a'), await machine.read('b')]).toEqual([undefined, undefined]);
  });

  it('takes a check of several lines as failed when its first line is', async () => {
    await using machine = await scratchMachine(
      [fileStep('rs1', 'a', 'new', { verify: 'test -e a\ntrue' })],
      shell,
    );
    expect((await machine.sh('rs1.sh')).stdout).toContain('change  Write a');
  });

  it('fails when a later step took back what an earlier one did', async () => {
    const steps = [
      fileStep('rs1', 'a', 'new'),
      fileStep('rs1', 'b', 'new', { commands: ['rm a; echo new >b'] }),
    ];
    await using machine = await scratchMachine(steps, shell);
    const { exitCode, stdout } = await machine.sh('rs1.sh');
    expect({ exitCode, wrong: /does not hold.*/.exec(stdout)?.[0] }).toEqual({
      exitCode: 1,
      wrong: 'does not hold: Write a',
    });
  });

  it('undoes the rest when one step cannot be undone, and tries that again when asked again', async () => {
    const stuck = fileStep('rs1', 'b', 'new', { undo: ['test -e key && rm b'] });
    await using machine = await scratchMachine([fileStep('rs1', 'a', 'new'), stuck], shell);
    await machine.sh('rs1.sh');
    expect(await machine.sh('undo-rs1.sh')).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining("failed  what 'Write b' did is still there") as string,
    });
    expect([await machine.read('a'), await machine.read('b')]).toEqual([undefined, 'new\n']);
    await machine.write('key', '');
    expect((await machine.sh('undo-rs1.sh')).exitCode).toBe(0);
    expect(await machine.read('b')).toBeUndefined();
  });

  it('prints its commands with --dry-run, and runs none', async () => {
    const lines = "cat >a <<'END'\nnew\n  }\n;;\nEND\n";
    await using machine = await scratchMachine(
      [fileStep('rs1', 'a', 'new', { commands: ['true', lines] })],
      shell,
    );
    const { stdout } = await machine.sh('rs1.sh', '--dry-run');
    expect(stdout).toBe(`# Write a\n      true\n${lines.trimEnd()}`);
    expect(await machine.read('a')).toBeUndefined();
    expect((await machine.sh('undo-rs1.sh', '--dry-run')).stdout).toContain(
      '# Write a\n      if test "$(before a old)"',
    );
    await machine.sh('rs1.sh');
    expect(await machine.read('a')).toBe('new\n  }\n;;\n');
  });

  it('is told its turn where the nodes wait for each other', async () => {
    const steps = [
      fileStep('rs1', 'a', 'new'),
      fileStep('rs2', 'b', 'new', { after: ['a'] }),
      fileStep('rs1', 'c', 'new', { after: ['b'] }),
    ];
    await using machine = await scratchMachine(steps, shell);
    expect((await machine.sh('rs1.sh')).exitCode).toBe(2);
    expect((await machine.sh('rs1.sh', '1')).stdout).toContain('All of it holds.');
    expect([await machine.read('a'), await machine.read('c')]).toEqual(['new\n', undefined]);
    expect((await machine.sh('rs1.sh', '2')).stdout).toContain('All of it holds.');
    expect(await machine.read('c')).toBe('new\n');
    expect((await machine.sh('rs1.sh', '--dry-run')).stdout).toMatch(/# Write a[^]*# Write c/);
    await machine.sh('undo-rs1.sh');
    expect([await machine.read('a'), await machine.read('c')]).toEqual([undefined, undefined]);
  });

  it('refuses words it does not know', async () => {
    await using machine = await scratchMachine([fileStep('rs1', 'a', 'new')], shell);
    expect(await machine.sh('rs1.sh', '--help')).toMatchObject({ exitCode: 2 });
    expect(await machine.sh('undo-rs1.sh', 'now')).toMatchObject({ exitCode: 2 });
    expect(await machine.read('a')).toBeUndefined();
  });
});

describe('exportScripts', () => {
  const steps = [
    fileStep('director', 'a', 'new', { after: ['b'] }),
    fileStep('rs1', 'b', 'new', { why: { en: 'word '.repeat(100) } }),
  ];
  const files = exportScripts(exampleSource(steps));
  const contentOf = (name: string) => files.find((file) => file.name === name)?.content ?? '';

  it('makes executable scripts for the nodes that do anything', () => {
    expect(files.map(({ name, mode }) => `${name} ${mode.toString(8)}`)).toEqual([
      'README.md 644',
      ...['rs1.sh 755', 'undo-rs1.sh 755', 'director.sh 755', 'undo-director.sh 755'],
    ]);
  });

  it('tells the order, the other way round for undo, and the addresses of all machines', () => {
    const readme = contentOf('README.md');
    expect(readme).toContain('1. on rs1: `sh rs1.sh`\n2. on director: `sh director.sh`');
    expect(readme).toContain('`sh undo-director.sh` on director, `sh undo-rs1.sh` on rs1');
    expect(readme).toMatch(/\| client \| client \| eth0 \| lan \| 10\.10\.0\.200\/24 \|/);
  });

  it('wraps reasons at 100 columns', () => {
    const widths = contentOf('rs1.sh')
      .split('\n')
      .filter((line) => line.includes('# word'))
      .map((line) => line.length);
    expect(widths.length).toBeGreaterThan(4);
    expect(Math.max(...widths)).toBeLessThanOrEqual(100);
  });

  it('tells whose MAC address a script looks for', () => {
    const { mac } = exampleSource([]).plan.nodes[0]!.nics[0]!;
    const [readme] = exportScripts(exampleSource([fileStep('client', 'a', mac)]));
    expect(readme?.content).toContain(`\`client.sh\` names the MAC address ${mac} of director's eth0`);
    expect(contentOf('README.md')).not.toContain('names the MAC');
  });

  it('tells how the family keeps it over a restart, once for each machine, where it can', () => {
    const ipvsadm = (id: string, command: string) => fileStep('director', id, '', { commands: [command] });
    const [readme] = exportScripts(
      exampleSource([
        ipvsadm('a', 'ipvsadm -A -t 10.10.0.100:80'),
        ipvsadm('b', 'ipvsadm -a -t 10.10.0.100:80'),
      ]),
    );
    expect(readme?.content).toContain('## Over a restart, in the way of Debian GNU/Linux 12 (bookworm)');
    expect(readme?.content.match(/systemctl enable ipvsadm/g)).toHaveLength(1);
    expect(contentOf('README.md')).not.toContain('## Over a restart');
  });
});
