export const messages = {
  terms: {
    explained: '{term}: what is that?',
    VIP: 'Virtual IP address: the one that clients ask. The director has it and answers for it; real servers may have it and keep quiet.',
    DIP: 'Director’s IP address: its own, by which it reaches the real servers.',
    RIP: 'Real server’s IP address: its own, by which the director knows it.',
    CIP: 'Client’s IP address: where a request comes from, and where its reply must go.',
    ARP: 'Address Resolution Protocol: by it a machine asks its LAN which MAC address has an IP address. Who answers gets the frames.',
  },
};
