import { describe, expect, it, vi } from 'vitest';
import type { SampleColumns } from '../../../src-main/contract/journal.ts';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { WorkOptions } from '../../../src-main/lab/lab-context.ts';
import { createTasks } from '../../../src-main/desk/tasks.ts';

const never = new AbortController().signal;

/** Work that goes on until the test ends it. */
function heldWork() {
  const begun = Promise.withResolvers<WorkOptions>();
  const held = Promise.withResolvers<unknown>();
  const work = (options: WorkOptions) => {
    begun.resolve(options);
    return held.promise;
  };
  return { work, begun: begun.promise, end: held.resolve, fail: held.reject };
}

function columns(from: number, count: number): SampleColumns {
  const of = <T>(value: T) => Array.from({ length: count }, () => value);
  return {
    ...{ from, number: Array.from({ length: count }, (_, index) => from + index + 1) },
    ...{ arrivedMs: of(1), totalMs: of(2), server: of('rs1'), failure: of(null), source: of(null) },
    ...{ page: of('rs1'), handedTo: of('rs1'), sourcePort: of(null) },
  };
}

describe('a task', () => {
  it('says what a load was asked, to pages that come later', () => {
    const tasks = createTasks();
    const load = { requests: 40, concurrency: 2 };
    tasks.begin('lab', 'load', heldWork().work, load);
    tasks.begin('lab', 'reset', heldWork().work);
    expect(tasks.list().map((task) => task.load)).toEqual([load, null]);
  });

  it('tells of its steps, of the whole and of its end', async () => {
    const tasks = createTasks();
    const { work, begun, end } = heldWork();
    const changed = vi.fn();
    tasks.onChange(changed);
    const id = tasks.begin('lab', 'start', work);
    const { onProgress } = await begun;
    onProgress({ node: 'rs1', step: 'boot', title: 'Boot', state: 'running', overall: 0.25 });
    onProgress({ node: 'rs2', step: 'boot', title: 'Boot', state: 'running' });
    onProgress({ node: 'rs1', step: 'boot', title: 'Boot', state: 'done', milliseconds: 5, overall: 0.5 });
    const [task] = tasks.list();
    expect(task).toMatchObject({
      id,
      lab: 'lab',
      verb: 'start',
      state: 'running',
      ended: null,
      overall: 0.5,
    });
    expect(task!.steps.map(({ node, state }) => [node, state])).toEqual([
      ['rs1', 'done'],
      ['rs2', 'running'],
    ]);
    const before = changed.mock.calls.length;
    end('what it came to');
    expect(await tasks.result(id, never)).toBe('what it came to');
    expect(changed.mock.calls.length).toBeGreaterThan(before);
    expect(tasks.list()).toMatchObject([{ state: 'done', error: null, ended: expect.any(Number) as number }]);
    expect(await tasks.result(id, never)).toBe('what it came to');
  });

  it('that fails tells why, to whoever asks, as often as it is asked', async () => {
    const tasks = createTasks();
    const failure = new LabError('no-space', 'The disk is full.');
    const id = tasks.begin('lab', 'start', () => Promise.reject(failure));
    await expect(tasks.result(id, never)).rejects.toBe(failure);
    await expect(tasks.result(id, never)).rejects.toBe(failure);
    expect(tasks.list()).toMatchObject([{ state: 'failed', error: { code: 'no-space' } }]);
  });

  it('is cancelled once nothing of it is under way, and not before', async () => {
    const tasks = createTasks();
    const { work, begun, fail } = heldWork();
    const id = tasks.begin('lab', 'load', work);
    const { signal } = await begun;
    let over = false;
    const cancelling = tasks.cancel(id).then(() => (over = true));
    expect(signal.aborted).toBe(true);
    await new Promise(setImmediate);
    expect(over).toBe(false);
    fail(new Error('aborted'));
    await cancelling;
    expect(tasks.list()).toMatchObject([{ state: 'cancelled', error: null }]);
    await expect(tasks.result(id, never)).rejects.toMatchObject({ code: 'cancelled' });
    await tasks.cancel(id);
  });

  it('that cannot be cancelled in order has failed', async () => {
    const tasks = createTasks();
    const { work, begun, fail } = heldWork();
    const id = tasks.begin('lab', 'start', work);
    await begun;
    const cancelling = tasks.cancel(id);
    fail(new LabError('libvirt-away', 'libvirt does not answer.'));
    await cancelling;
    expect(tasks.list()).toMatchObject([{ state: 'failed', error: { code: 'libvirt-away' } }]);
  });

  it('goes on when the one who waits for it has gone', async () => {
    const tasks = createTasks();
    const { work, end } = heldWork();
    const id = tasks.begin('lab', 'load', work);
    const reader = new AbortController();
    const waiting = tasks.result(id, reader.signal);
    reader.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(tasks.list()).toMatchObject([{ state: 'running' }]);
    end(1);
    expect(await tasks.result(id, never)).toBe(1);
  });

  it('is cancelled with the others of its lab, but for one', async () => {
    const tasks = createTasks();
    const held = ['a', 'a', 'b'].map((lab) => {
      const { work, end } = heldWork();
      const id = tasks.begin(lab, 'load', (options) => {
        options.signal.addEventListener('abort', () => {
          end(undefined);
        });
        return work(options).then(() => {
          options.signal.throwIfAborted();
        });
      });
      return { id, end };
    });
    await tasks.cancelAll({ lab: 'a', but: held[1]!.id });
    expect(tasks.list().map(({ state }) => state)).toEqual(['cancelled', 'running', 'running']);
    await tasks.cancelAll();
    expect(tasks.list().map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('that nobody knows is not found', async () => {
    const tasks = createTasks();
    await expect(tasks.result('x', never)).rejects.toMatchObject({ code: 'not-found' });
    await expect(tasks.cancel('x')).rejects.toMatchObject({ code: 'not-found' });
    await expect(tasks.samples('x', () => undefined, never)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('samples of a load', () => {
  it('are told from the first on to whoever comes late, and end with it', async () => {
    const tasks = createTasks();
    const { work, begun, end } = heldWork();
    const id = tasks.begin('lab', 'load', work);
    const { onEvent } = await begun;
    onEvent?.(columns(0, 2));
    onEvent?.({ of: 'another shape' });
    onEvent?.(columns(2, 3));
    const seen: SampleColumns[] = [];
    const following = tasks.samples(id, (samples) => seen.push(samples), never);
    await new Promise(setImmediate);
    expect(seen.map(({ from, number }) => [from, number])).toEqual([[0, [1, 2, 3, 4, 5]]]);
    onEvent?.(columns(5, 1));
    end(undefined);
    await following;
    expect(seen.at(-1)).toEqual(columns(5, 1));
    const later: SampleColumns[] = [];
    await tasks.samples(id, (samples) => later.push(samples), never);
    expect(later).toEqual([columns(0, 6)]);
  });

  it('end for a reader that goes away', async () => {
    const tasks = createTasks();
    const { work } = heldWork();
    const id = tasks.begin('lab', 'load', work);
    const reader = new AbortController();
    const following = tasks.samples(id, () => undefined, reader.signal);
    reader.abort();
    await following;
  });
});

describe('what has ended', () => {
  const ended = async (tasks: ReturnType<typeof createTasks>, samples: number) => {
    const id = tasks.begin('lab', 'load', async ({ onEvent }) => onEvent?.(columns(0, samples)));
    await tasks.result(id, never);
    return id;
  };

  it('is kept by number: the oldest goes', async () => {
    const tasks = createTasks({ milliseconds: 60_000, tasks: 2, samples: 100 });
    const running = tasks.begin('lab', 'load', heldWork().work);
    await ended(tasks, 1);
    const kept = [await ended(tasks, 1), await ended(tasks, 1)];
    expect(tasks.list().map(({ id }) => id)).toEqual([running, ...kept]);
  });

  it('is kept by the samples it holds; the last load stays whatever it holds', async () => {
    const tasks = createTasks({ milliseconds: 60_000, tasks: 10, samples: 5 });
    await ended(tasks, 3);
    const last = await ended(tasks, 4);
    expect(tasks.list().map(({ id }) => id)).toEqual([last]);
    const large = await ended(tasks, 9);
    expect(tasks.list().map(({ id }) => id)).toEqual([large]);
  });

  it('is forgotten after a while', async () => {
    vi.useFakeTimers();
    try {
      const tasks = createTasks({ milliseconds: 1000, tasks: 10, samples: 5 });
      await ended(tasks, 1);
      vi.advanceTimersByTime(999);
      expect(tasks.list()).toHaveLength(1);
      vi.advanceTimersByTime(1);
      expect(tasks.list()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});
