import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { Progress } from '../../../src-main/contract/progress.ts';
import { forEachNode, runStep } from '../../../src-main/lab/task.ts';

function follow() {
  const events: Progress[] = [];
  const controller = new AbortController();
  return {
    events,
    controller,
    work: { onProgress: (event: Progress) => void events.push(event), signal: controller.signal },
  };
}

describe('runStep', () => {
  it('tells when a step begins, moves and ends, and gives back what it made', async () => {
    const { events, work } = follow();
    const made = await runStep(work, { node: 'rs1', id: 'boot', title: 'Boot' }, async (tell) => {
      tell({ fraction: 0.5 });
      return 42;
    });
    expect(made).toBe(42);
    expect(events.map(({ state, fraction }) => [state, fraction])).toEqual([
      ['running', undefined],
      ['running', 0.5],
      ['done', undefined],
    ]);
  });

  it('names the node and the step of a failure, and keeps its words', async () => {
    const { events, work } = follow();
    const failing = runStep(work, { node: 'rs1', id: 'boot', title: 'Boot' }, async () => {
      throw new LabError('command-failed', 'It broke.', { why: 'of age' });
    });
    await expect(failing).rejects.toMatchObject({
      code: 'command-failed',
      message: 'It broke.',
      details: { node: 'rs1', step: 'Boot', why: 'of age' },
    });
    expect(events.at(-1)).toMatchObject({ state: 'failed', node: 'rs1', detail: 'It broke.' });
  });

  it('does not begin once the work is cancelled', async () => {
    const { events, controller, work } = follow();
    controller.abort();
    await expect(runStep(work, { id: 'x', title: 'X' }, async () => 1)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(events).toEqual([]);
  });

  it('calls whatever a cancelled step throws a cancel', async () => {
    const { controller, work } = follow();
    const failing = runStep(work, { id: 'x', title: 'X' }, async () => {
      controller.abort();
      throw new Error('socket closed');
    });
    await expect(failing).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('forEachNode', () => {
  it('cancels the others when one fails, waits for them, and throws the first failure', async () => {
    const { work } = follow();
    const ended: string[] = [];
    const failing = forEachNode(work, ['good', 'bad'], async (node, { signal }) => {
      if (node === 'bad') throw new LabError('command-failed', 'bad broke');
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      await Promise.resolve();
      ended.push(node);
      throw new LabError('cancelled', 'Cancelled.');
    });
    await expect(failing).rejects.toMatchObject({ message: 'bad broke' });
    expect(ended).toEqual(['good']);
  });
});
