import type { IpvsChanges, IpvsConnection, IpvsService, IpvsSnapshot, RowChange } from '../contract/ipvs.ts';

type Value = RowChange['fields'][number]['from'];
/** A row's values by their path. */
type Row = ReadonlyMap<string, Value>;

/**
 * What came, went and changed between two snapshots. The falling timeouts of connections are no change, and neither is
 * the order of servers.
 */
export function diffIpvs(previous: IpvsSnapshot, next: IpvsSnapshot): IpvsChanges {
  return {
    services: diffRows(serviceRows(previous), serviceRows(next)),
    servers: diffRows(serverRows(previous), serverRows(next)),
    connections: diffConnections(previous.connections, next.connections),
    timeouts: diffRows(
      new Map([['timeouts', flatten(previous.timeouts)]]),
      new Map([['timeouts', flatten(next.timeouts)]]),
    ),
  };
}

function serviceKey({ protocol, address }: Pick<IpvsService, 'protocol' | 'address'>): string {
  return `${protocol} ${address}`;
}

function serviceRows({ services }: IpvsSnapshot): Map<string, Row> {
  return new Map(services.map((service) => [serviceKey(service), flatten({ ...service, servers: {} })]));
}

function serverRows({ services }: IpvsSnapshot): Map<string, Row> {
  return new Map(
    services.flatMap((service) =>
      service.servers.map(
        ({ address, ...values }) => [`${serviceKey(service)} ${address}`, flatten(values)] as const,
      ),
    ),
  );
}

/** `counters: { conns: 3 }` becomes `counters.conns`; lists become their words. */
function flatten(values: object, path = ''): Map<string, Value> {
  const flat = new Map<string, Value>();
  for (const [name, value] of Object.entries(values) as [string, unknown][]) {
    if (Array.isArray(value)) flat.set(path + name, value.join(','));
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, deep] of flatten(value, `${path}${name}.`)) flat.set(inner, deep);
    } else flat.set(path + name, value as Value);
  }
  return flat;
}

function diffRows(previous: ReadonlyMap<string, Row>, next: ReadonlyMap<string, Row>): RowChange[] {
  const changes: RowChange[] = [];
  for (const [key, row] of next) {
    const before = previous.get(key);
    if (!before) changes.push({ change: 'added', key, fields: [] });
    else {
      const fields = changedFields(before, row);
      if (fields.length > 0) changes.push({ change: 'changed', key, fields });
    }
  }
  for (const key of previous.keys()) if (!next.has(key)) changes.push({ change: 'removed', key, fields: [] });
  return changes;
}

function changedFields(before: Row, after: Row): RowChange['fields'] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((field) => {
    const [from = null, to = null] = [before.get(field), after.get(field)];
    return from === to ? [] : [{ field, from, to }];
  });
}

/** As `diffRows`, without a map of fields for each of what may be 10,000 connections. */
function diffConnections(previous: readonly IpvsConnection[], next: readonly IpvsConnection[]): RowChange[] {
  const gone = new Map(previous.map((connection) => [connectionKey(connection), connection]));
  const changes: RowChange[] = [];
  for (const connection of next) {
    const key = connectionKey(connection);
    const before = gone.get(key);
    gone.delete(key);
    if (!before) changes.push({ change: 'added', key, fields: [] });
    else {
      const fields = (['state', 'destination'] as const).flatMap((field) =>
        before[field] === connection[field] ? [] : [{ field, from: before[field], to: connection[field] }],
      );
      if (fields.length > 0) changes.push({ change: 'changed', key, fields });
    }
  }
  for (const key of gone.keys()) changes.push({ change: 'removed', key, fields: [] });
  return changes;
}

function connectionKey({ protocol, source, virtual }: IpvsConnection): string {
  return `${protocol} ${source} ${virtual}`;
}
