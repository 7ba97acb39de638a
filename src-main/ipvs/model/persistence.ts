import { presenceOf, type Connection, type Ending, type Presence } from './connection.ts';
import { latest } from './tcp-states.ts';

/** What binds a client's net to a server. */
export interface Template {
  /** The server's place in the list; -1 for one that has left the table. */
  readonly server: number;
  /** How long it lives after each new connection, in milliseconds. */
  lifetime: { readonly least: number; readonly most: number };
  ending: Ending;
  doubtful: boolean;
  /** The connections that it controls: it does not go while there is one. */
  readonly controls: Set<Connection>;
}

/** ip_vs_conn_expire() in ip_vs_conn.c: what still controls a connection is looked at again after a minute. */
const againMs = 60_000;

/** Follows the persistence templates of one service; ip_vs_sched_persist() in ip_vs_core.c. */
export class Templates {
  readonly #slackMs: number;
  readonly #byNet = new Map<string, Template>();

  constructor(slackMs: number) {
    this.#slackMs = slackMs;
  }

  get(key: string): Template | undefined {
    return this.#byNet.get(key);
  }

  /** One of the listing. It may have been made under another timeout, or have been put off for a minute. */
  add(key: string, server: number, ending: Ending, timeoutMs: number): Template {
    const lifetime = { least: Math.min(againMs, timeoutMs), most: Math.max(againMs, timeoutMs) };
    const template = { server, lifetime, ending, doubtful: false, controls: new Set<Connection>() };
    this.#byNet.set(key, template);
    return template;
  }

  /** A new one, or a new connection by way of an old one: its time begins anew. */
  renew(key: string, at: number, server: number, timeoutMs: number, old: Presence): Template {
    const known = this.#byNet.get(key);
    const same = known?.server === server && old !== 'no' ? known : undefined;
    const fresh = { least: timeoutMs, most: timeoutMs };
    const lifetime = same ? widest(same.lifetime, old === 'yes' ? same.lifetime : fresh) : fresh;
    const { least, most } = lifetime;
    const template: Template = {
      server,
      lifetime,
      ending: { from: at + least - this.#slackMs, to: at + latest(most) + this.#slackMs },
      doubtful: false,
      controls: same?.controls ?? new Set(),
    };
    this.#byNet.set(key, template);
    return template;
  }

  forget(key: string): void {
    this.#byNet.delete(key);
  }

  /** Whether it is there at that moment. While it controls a connection it is put off by a minute, again and again. */
  presence(template: Template, at: number): Presence {
    while (at >= template.ending.from) {
      const held = holding(template);
      if (held === 'yes') this.#putOff(template, template.ending.from);
      else if (held === 'maybe' && at >= template.ending.to)
        this.#putOff(template, template.ending.from, true);
      else if (at >= template.ending.to) return 'no';
      else if (!template.doubtful && holdsNow(template, at)) return this.#held(template);
      else return 'maybe';
    }
    return template.doubtful ? 'maybe' : 'yes';
  }

  /** There for sure, and perhaps put off, which leaves it a minute to live after each new connection. */
  #held(template: Template): Presence {
    template.lifetime = widest(template.lifetime, { least: againMs, most: againMs });
    return 'yes';
  }

  #putOff(template: Template, from: number, perhaps = false): void {
    template.ending = { from: from + againMs, to: template.ending.to + latest(againMs) };
    const again = { least: againMs, most: againMs };
    template.lifetime = perhaps ? widest(template.lifetime, again) : again;
    template.doubtful ||= perhaps;
    for (const connection of template.controls) {
      if (connection.ending.to < from) template.controls.delete(connection);
    }
  }
}

function widest(one: Template['lifetime'], other: Template['lifetime']): Template['lifetime'] {
  return { least: Math.min(one.least, other.least), most: Math.max(one.most, other.most) };
}

/** Whether a connection that it controls is there still: it has been there all the time then. */
function holdsNow({ controls }: Template, at: number): boolean {
  return [...controls].some(
    (connection) => connection.controlled === 'yes' && presenceOf(connection, at) === 'yes',
  );
}

/** Whether it controlled a connection all the time in which it may have ended. */
function holding({ controls, ending }: Template): Presence {
  let held: Presence = 'no';
  for (const connection of controls) {
    if (presenceOf(connection, ending.to) === 'yes' && connection.controlled === 'yes') return 'yes';
    if (connection.ending.to > ending.from) held = 'maybe';
  }
  return held;
}
