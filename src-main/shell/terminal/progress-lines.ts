import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { OnProgress, Progress } from '../../contract/progress.ts';

interface ProgressLines {
  readonly onProgress: OnProgress;
  readonly settle: () => void;
}

/** Progress as live lines by node and step on a terminal, as plain lines elsewhere. */
export function createProgressLines(stream: NodeJS.WriteStream): ProgressLines {
  return stream.isTTY ? createLiveLines(stream) : createPlainLines(stream);
}

/** One line for every step that ends; nothing for what is under way. */
function createPlainLines(stream: NodeJS.WriteStream): ProgressLines {
  return {
    onProgress: (progress) => {
      if (progress.state !== 'running') stream.write(`${describe(progress)}\n`);
    },
    settle: () => undefined,
  };
}

/** One line a node, showing its latest step; what fails stays. */
function createLiveLines(stream: NodeJS.WriteStream): ProgressLines {
  let latest = new Map<string, Progress>();
  const draw = createLogUpdate(stream);
  let timer: NodeJS.Timeout | undefined;

  const render = () => {
    draw([...latest.values()].map(describe).join('\n'));
  };
  const settle = () => {
    clearTimeout(timer);
    timer = undefined;
    if (latest.size === 0) return;
    render();
    draw.done();
    latest = new Map();
  };
  return {
    onProgress: (progress) => {
      // The lab's own steps follow each other down the screen; those of the nodes run side by side.
      if (!progress.node && !latest.has(progress.step)) settle();
      latest.set(progress.node ?? progress.step, progress);
      // A recipe reports dozens of steps a second: the screen is drawn at most 12 times.
      timer ??= setTimeout(() => {
        timer = undefined;
        render();
      }, 80);
    },
    settle,
  };
}

const marks = {
  running: () => styleText('cyan', '…'),
  done: () => styleText('green', '✓'),
  skipped: () => styleText('dim', '–'),
  failed: () => styleText('red', '✗'),
};

function describe({ state, node, title, detail, fraction, milliseconds }: Progress): string {
  const parts = [marks[state](), node ? styleText('bold', node.padEnd(9)) : '', title];
  if (fraction !== undefined && state === 'running') parts.push(`${Math.floor(fraction * 100)}%`);
  if (detail) parts.push(styleText('dim', detail));
  if (milliseconds !== undefined) parts.push(styleText('dim', `${(milliseconds / 1000).toFixed(1)} s`));
  return parts.filter(Boolean).join(' ');
}
