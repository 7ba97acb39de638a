// Steps go to standard error: standard output belongs to the command that is set up for.

const live = process.stderr.isTTY;
const heartbeatMs = live ? 1000 : 15_000;

/** @param {string} text */
export function tell(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Shows a step while its work runs, and how long it took.
 * @template T
 * @param {string} title
 * @param {(onLine: (line: string) => void) => Promise<T>} work Is given what shows the tool's latest line.
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  let latest = '';
  if (!live) tell(`… ${title}`);
  const show = () => {
    const text = `… ${title} (${seconds()} s)${latest && `: ${latest}`}`;
    if (live) overwrite(text);
    else tell(text);
  };
  const heartbeat = setInterval(show, heartbeatMs);
  try {
    if (live) show();
    const result = await work((line) => {
      latest = line.trim();
    });
    end(`✓ ${title} (${seconds()} s)`);
    return result;
  } catch (error) {
    end(`✗ ${title} (${seconds()} s)`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

/** @param {string} text */
function end(text) {
  if (live) overwrite(`${text}\n`);
  else tell(text);
}

/**
 * Writes over the line the cursor is on.
 * @param {string} text
 */
function overwrite(text) {
  process.stderr.write(`\r\u001B[K${text.slice(0, process.stderr.columns || 80)}`);
}
