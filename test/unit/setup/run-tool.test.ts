import { describe, expect, it } from 'vitest';
import { runTool, tellingLines } from '../../../resources/setup/run-tool.mjs';

describe('runTool', () => {
  it('hands over the tool’s lines and ends quietly', async () => {
    const lines: string[] = [];
    await runTool('sh', ['-c', 'echo one; echo two >&2'], { onLine: (line) => lines.push(line) });
    expect(lines.toSorted()).toEqual(['one', 'two']);
  });

  it('tells what failed, the tool’s last words and what to do', async () => {
    const options = { failure: 'It could not be done.', remedy: 'Do it by hand.' };
    await expect(runTool('sh', ['-c', 'echo no room; exit 7'], options)).rejects.toMatchObject({
      message: 'It could not be done.',
      why: 'no room\n(sh ended with exit code 7)',
      remedy: 'Do it by hand.',
    });
  });

  it('tells a tool that is not there', async () => {
    await expect(runTool('no-such-tool', [])).rejects.toMatchObject({ message: "'no-such-tool' failed." });
  });
});

describe('tellingLines', () => {
  it('keeps the first complaint of a long output, and its end', () => {
    const lines = [
      'start',
      'E: no such package',
      ...Array.from({ length: 20 }, (_, index) => `line ${index}`),
    ];
    expect(tellingLines(lines)).toEqual(['E: no such package', ...lines.slice(-6)]);
  });
});
