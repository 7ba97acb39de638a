/** English, and the shape of every other language. */
export const en = {
  header: {
    language: 'Language',
    dark: 'Dark theme',
  },
  welcome: {
    title: 'Watch Linux Virtual Server balance real requests',
    lead: 'LVS Lab starts a director, two real servers and a client as virtual machines on this computer, sets up load balancing between them step by step, and sends real requests through it. Every frame on the wire can be seen.',
    modes: 'Forwarding methods',
    available: 'ready',
    later: 'to come',
    start: 'Start the first lab in a terminal',
    startNote: 'Four machines start, a hundred requests are shared, and nothing is left behind.',
  },
  topology: {
    title: 'Direct routing',
    description:
      'Client, director and two real servers on one Ethernet segment. A request goes from the client to the director and on to a real server; the reply goes from the real server straight to the client.',
    client: 'Client',
    clientNote: 'asks the VIP',
    director: 'Director',
    directorNote: 'VIP on its NIC',
    server: 'Real server {n}',
    serverNote: 'VIP on lo, no ARP',
    segment: 'one Ethernet segment',
    steps: {
      request: 'The client sends its request to the VIP; the director takes it.',
      forward: 'The director chooses a real server and rewrites only the destination MAC.',
      reply: 'The real server answers the client itself. The director never sees the reply.',
    },
  },
  doctor: {
    title: 'Is this computer ready?',
    checking: 'Looking at this computer…',
    mending: 'Mending…',
    ready: 'Ready: a lab can start.',
    notReady: 'Not ready: one thing stands in the way. | Not ready: {n} things stand in the way.',
    again: 'Look again',
    mend: 'Mend it | Mend {n} findings',
    cancel: 'Cancel',
    found: 'What was found',
    why: 'Why it matters',
    remedy: 'What to do',
    progress: 'Progress of mending',
    failed: 'The doctor could not finish',
    status: { ok: 'OK', warning: 'Warning', failed: 'Failed', skipped: 'Skipped' },
  },
  copy: { copy: 'Copy', copied: 'Copied', label: 'Copy the command' },
  footer: {
    version: 'LVS Lab {version}',
    data: 'Data in {folder}',
    host: '{system}, 1 processor, {memory} memory | {system}, {n} processors, {memory} memory',
  },
  connection: {
    refusedTitle: 'This address needs its token',
    refused:
      'LVS Lab lets in the browser that opens the address it printed when it started. Open that address; when it was used in another browser, start LVS Lab again with',
    lostTitle: 'LVS Lab has ended',
    lost: 'The page is no longer connected. Start LVS Lab again with',
  },
};

export type Messages = typeof en;

/** Words for what the doctor looks at, by its stable name. English has them from the doctor itself. */
export type CheckWords = Readonly<Record<string, { readonly title: string; readonly why: string }>>;
