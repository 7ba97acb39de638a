type Looks = (args: readonly string[]) => boolean;

const always: Looks = () => true;

/** Commands that change nothing of a lab, or only with certain arguments; those that are not here may change anything. */
const looks: Readonly<Record<string, Looks>> = {
  ...Object.fromEntries(
    [
      ...['cat', 'ls', 'man', 'less', 'more', 'head', 'tail', 'grep', 'wc', 'tcpdump', 'dmesg', 'ps', 'top'],
      ...['free', 'uptime', 'pwd', 'cd', 'clear', 'history', 'exit', 'logout'],
    ].map((name) => [name, always] as const),
  ),
  ss: (args) => !args.some((arg) => /^(-[a-zA-Z46]*K|--kill)/.test(arg)),
  sysctl: (args) =>
    args.every((arg) => /^(-[aAnNeqbr]+|--(all|values|names|ignore|quiet)|[a-z][\w./-]*)$/.test(arg)),
  ip: ipShows,
  ipvsadm: ipvsadmLists,
};

/**
 * Whether a line that was typed in a shell changes nothing of a lab: each of its commands is one that looks. Where it
 * cannot be told, it may. Pure.
 */
export function onlyLooks(line: string): boolean {
  const text = line.replaceAll(/\d?>\s*(&\d|\/dev\/null)/g, ' ').trim();
  if (/[>`]|\$\(|<\(/.test(text)) return false;
  return text
    .split(/\|\|?|&&?|;|\n/)
    .map((command) => command.trim())
    .filter((command) => command !== '' && !command.startsWith('#'))
    .every(commandLooks);
}

function commandLooks(command: string): boolean {
  const words = command.split(/\s+/);
  const [name = '', ...args] = words[0] === 'sudo' ? words.slice(1) : words;
  const own = name.replace(/^(\/usr)?\/s?bin\//, '');
  return Object.hasOwn(looks, own) && (looks[own]?.(args) ?? false);
}

/** `ip addr`, `ip -br link show dev eth0`, `ip r get VIP`: objects and actions may be cut short (ip(8)). */
function ipShows(args: readonly string[]): boolean {
  const [object = '', action] = args.slice(args.findIndex((arg) => !arg.startsWith('-')));
  if (!/^(a|addr|address|r|ro|route|n|neigh|neighbour|neighbor|l|link|ru|rule)$/.test(object)) return false;
  if (action === undefined) return true;
  // Of a link `s` is `set`.
  if (action === 's') return !object.startsWith('l');
  return /^(sh|sho|show|l|ls|lst|list|g|get)$/.test(action);
}

/** `ipvsadm`, `ipvsadm -Ln --stats`, `ipvsadm -n -L -t VIP:80`. */
function ipvsadmLists(args: readonly string[]): boolean {
  const flags = args.filter((arg) => arg.startsWith('-'));
  const lists = flags.some((flag) => flag === '--list' || /^-[a-z]*[Ll]/.test(flag));
  const isOfList = (flag: string) =>
    /^(-[Llnctuf]+|--(list|numeric|stats|rate|connection|thresholds|timeout|daemon|exact|nosort|sort|persistent-conn))$/.test(
      flag,
    );
  return args.length === 0 || (lists && flags.every(isOfList));
}
