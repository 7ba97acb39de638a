export const messages = {
  welcome: {
    title: 'Watch Linux Virtual Server balance real requests',
    lead: 'LVS Lab starts a director, two real servers and a client as virtual machines on this computer, sets up load balancing between them step by step, and sends real requests through it. Every frame on the wire can be seen.',
    modes: 'Forwarding methods',
    available: 'ready',
    later: 'to come',
    start: 'Start the first lab in a terminal',
    startNote: 'Four machines start, a hundred requests are shared, and nothing is left behind.',
  },
  drPicture: {
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
};
