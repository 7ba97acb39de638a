/** Numbers of the protocols that IPv4 carries (IANA, "Assigned Internet Protocol Numbers"). */
export const ipProtocol = { icmp: 1, ipip: 4, tcp: 6, udp: 17, gre: 47, vrrp: 112 } as const;
