/** Those of qdiscs that are made to delay, lose or bound what goes out (tc(8)). */
const impairing = /\b(netem|tbf|htb|hfsc|red|cbq|bfifo|police)\b/;

/** Whether a qdisc, a line of `tc qdisc show`, delays, loses or bounds what goes out. */
export function impairs(queue: string): boolean {
  return impairing.test(queue);
}

/** `qdisc netem 8001: dev eth0 root refcnt 2 …`, `qdisc netem 10: dev eth0 parent 1:1 …` */
const queueLine = /^qdisc \S+ (\S+?): dev (\S+) (root|parent (\S*?):\S*)/;

/**
 * The commands that take away what impairs. A queue within one that goes anyway goes with it. Pure.
 * @param shown What `tc qdisc show` printed of every device.
 * @param except Devices that are left as they are.
 */
export function queueRemovals(shown: string, except: readonly string[] = []): string[] {
  const found = shown.split('\n').flatMap((line) => {
    const [, handle = '', device = '', where = '', within] = queueLine.exec(line) ?? [];
    return impairs(line) && device !== '' && !except.includes(device)
      ? [{ handle, device, where, within }]
      : [];
  });
  return found
    .filter(({ device, within }) => {
      const around = found.find((other) => other.device === device && other.handle === within);
      return (
        !around &&
        (within === undefined || !found.some((other) => other.device === device && other.where === 'root'))
      );
    })
    .map(({ device, where }) => `tc qdisc del dev ${device} ${where}`);
}
