/** Servers in the order in which readers expect them: their places choose their colours and signs, in every picture alike. */
export function serverOrder(names: Iterable<string>): string[] {
  return [...new Set(names)]
    .filter((name) => name !== '')
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** The class that gives `--colour` a server's; of one that is unknown the colour of plain text. */
export function serverClass(servers: readonly string[], name: string): string {
  const place = servers.indexOf(name);
  return place < 0 ? 'of-none' : `of-${(place % 8) + 1}`;
}

/** One letter for a server where there is no room for its name. */
export function serverSign(servers: readonly string[], name: string): string {
  const place = servers.indexOf(name);
  return place < 0 ? '?' : (place + 1).toString(36);
}
