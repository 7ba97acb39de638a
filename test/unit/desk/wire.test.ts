import { describe, expect, it } from 'vitest';
import type { LiveBatch } from '../../../src-main/contract/frames.ts';
import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { AskLab } from '../../../src-main/desk/ask.ts';
import { createWireCore } from '../../../src-main/desk/wire.ts';

const batch: LiveBatch = { at: 1, record: '1', frames: [], seen: 0, lost: 0, ports: {}, vipHolders: [] };
const { signal } = new AbortController();

/** An owner that answers as it is told, and what it was asked. */
function owner(answer: (request: ControlRequest, work: Parameters<AskLab>[2]) => unknown) {
  const asked: ControlRequest[] = [];
  const core = createWireCore(async (_lab, request, work) => {
    asked.push(request);
    return answer(request, work);
  }, '/nowhere');
  return { asked, core };
}

describe('live', () => {
  it('hands over batches, and ends quietly with its signal', async () => {
    const controller = new AbortController();
    const { asked, core } = owner((_request, { onEvent }) => {
      onEvent?.(batch);
      controller.abort();
      throw new LabError('cancelled', 'Cancelled.');
    });
    const heard: LiveBatch[] = [];
    await core.live('one', (item) => heard.push(item), controller.signal);
    expect(heard).toEqual([batch]);
    expect(asked).toEqual([{ verb: 'watch' }]);
  });

  it('tells of a failure, and of a batch that makes no sense', async () => {
    const gone = new LabError('switch-failed', 'The lab switch has stopped.');
    const failing = owner(() => {
      throw gone;
    });
    await expect(failing.core.live('one', () => undefined, signal)).rejects.toBe(gone);
    const odd = owner((_request, { onEvent }) => onEvent?.({ ...batch, seen: 'many' }));
    await expect(odd.core.live('one', () => undefined, signal)).rejects.toMatchObject({
      code: 'command-failed',
    });
  });
});

describe('frames and frame', () => {
  it('ask as they were asked, and refuse an answer of another shape', async () => {
    const page = { record: '1', frames: [], first: 3, next: 9 };
    const { asked, core } = owner(({ verb }) => (verb === 'frames' ? page : { frame: null }));
    expect(await core.frames('one', { limit: 5, before: 8 })).toEqual(page);
    await expect(core.frame('one', 7, '1')).rejects.toMatchObject({ code: 'command-failed' });
    expect(asked).toEqual([
      { verb: 'frames', query: { limit: 5, before: 8 } },
      { verb: 'frame', sequence: 7, record: '1' },
    ]);
  });
});

describe('capture', () => {
  /** A record that grows as fast as it is read. */
  function growing() {
    return owner((request) => {
      if (request.verb !== 'capture') return { record: '1', frames: [], first: 0, next: 25 };
      const from = request.from ?? 0;
      return { data: String(from), frames: 10, next: from + 10 };
    });
  }

  it('hands over the pieces one by one, up to what there was when it began', async () => {
    const { core } = growing();
    const pieces: string[] = [];
    const capture = core.capture('one', signal);
    let step = await capture.next();
    for (; !step.done; step = await capture.next()) pieces.push(...step.value);
    expect(pieces).toEqual(['0', '10', '20']);
    expect(step.value).toEqual({ frames: 30 });
  });

  it('asks for no piece before its reader wants it', async () => {
    const { asked, core } = growing();
    const capture = core.capture('one', signal);
    await capture.next();
    await capture.return({ frames: 0 });
    expect(asked.map(({ verb }) => verb)).toEqual(['frames', 'capture']);
  });
});
