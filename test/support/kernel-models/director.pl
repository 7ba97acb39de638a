# A director in a network namespace of its own: `unshare -n perl director.pl < PROGRAM > TRANSCRIPT`.
# Frames of clients come in through one pair of interfaces, what the director forwards leaves by another, and nobody is
# behind either. Each line of the program is one order, and has one line in the transcript.
use strict;
use warnings;
use Socket;
use Time::HiRes qw(time sleep);

my $gateway = "\x02\x00\x00\x00\xff\x01";
my ($ethernet, $everything) = (0x0800, 0x0003);

sub shell { system(@_) == 0 or die "@_ failed\n" }

sub set_up {
    my ($servers) = @_;
    shell('ip link set lo up; ip link add d0 type veth peer name c0; ip link add d1 type veth peer name s1');
    shell("ip link set $_ up") for qw(d0 c0 d1 s1);
    shell('ip addr add 192.0.2.1/24 dev d0; ip addr add 10.66.0.254/24 dev d1');
    shell('ip neigh add 192.0.2.2 lladdr 02:00:00:00:ff:01 dev d0 nud permanent');
    shell('ip route add 198.18.0.0/15 via 192.0.2.2; ip route add local 172.20.0.0/16 dev lo');
    for my $server (1 .. $servers) {
        my $mac = sprintf '02:00:00:00:00:%02x', $server;
        shell("ip neigh add 10.66.0.$server lladdr $mac dev d1 nud permanent");
    }
    put("/proc/sys/net/ipv4/conf/$_/rp_filter", 0) for qw(all d0 d1);
    put('/proc/sys/net/ipv4/ip_forward',    1);
    put('/proc/sys/net/ipv4/icmp_ratemask', 0);
}

sub put {
    my ($file, $value) = @_;
    open my $handle, '>', $file or die "$file: $!\n";
    print {$handle} $value;
    close $handle or die "$file: $!\n";
}

# Number and MAC of an interface; /sys would show those of the machine.
sub link_of {
    my ($name) = @_;
    qx(ip -o link show $name) =~ m{^(\d+):.*link/ether (\S+)} or die "no $name\n";
    return ($1, pack 'H12', $2 =~ tr/://dr);
}

sub open_wire {
    my ($name) = @_;
    my ($index) = link_of($name);
    socket(my $wire, 17, SOCK_RAW, unpack('n', pack 'S', $everything)) or die "socket: $!\n";
    bind($wire, pack('S n i S C C a8', 17, $everything, $index, 0, 0, 0, '')) or die "bind $name: $!\n";
    return $wire;
}

sub checksum {
    my $sum = 0;
    $sum += $_ for unpack 'n*', $_[0];
    $sum = ($sum & 0xffff) + ($sum >> 16) while $sum >> 16;
    return ~$sum & 0xffff;
}

my $marked = 0;
my %bits = (S => 0x02, A => 0x10, F => 0x01, R => 0x04);

sub frame {
    my ($to, $source, $source_port, $target, $target_port, $flags, $protocol) = @_;
    my $bits = 0;
    $bits |= $bits{$_} for split //, $flags;
    my $tcp  = pack 'n n N N C C n n n', $source_port, $target_port, 1, 1, 0x50, $bits, 8192, 0, 0;
    # As a UDP datagram its length is in the place of the sequence number's first half.
    substr $tcp, 4, 4, pack 'n n', 20, 0 if $protocol;
    my @head = (0x45, 0, 40, 1, 0, 64, $protocol // 6, 0, inet_aton($source), inet_aton($target));
    $head[7] = checksum(pack 'C C n n n C C n a4 a4', @head);
    return $to . $gateway . pack('n', $ethernet) . pack('C C n n n C C n a4 a4', @head) . $tcp;
}

# What has come out of a wire since the last look, of TCP, ICMP and tunnels alone.
sub drain {
    my ($wire) = @_;
    my @frames;
    while (defined recv $wire, my $frame, 2048, MSG_DONTWAIT) {
        next if unpack('x12 n', $frame) != $ethernet;
        if (unpack('x23 C', $frame) == 17) { $marked = 1 }
        else                               { push @frames, $frame }
    }
    return @frames;
}

# Waits until the kernel has handled what was sent: a datagram goes the same way behind it, to the servers' side.
sub handled {
    my ($clients, $servers, $front) = @_;
    my (@out, @back);
    $marked = 0;
    send $clients, frame($front, '198.18.250.1', 9, '10.66.0.8', 9, '', 17), 0 or die "send: $!\n";
    for (1 .. 500) {
        push @back, drain($clients);
        push @out,  drain($servers);
        last if $marked;
        sleep 0.01;
    }
    push @back, drain($clients);
    return ($out[0], $back[0]);
}

# A tunnel, DR by the MAC, or NAT by address and port; the first two leave the port. With it, whether it is NAT.
sub server_of {
    my ($frame, $port) = @_;
    my $target = inet_ntoa(substr $frame, 30, 4);
    return ("$target:$port", 0) if unpack('x23 C', $frame) == 4;
    return ("$target:" . unpack('x36 n', $frame), 1) if $target =~ /^10[.]66[.]/;
    return ('10.66.0.' . unpack('x5 C', $frame) . ":$port", 0);
}

set_up(8);
my ($clients, $servers) = (open_wire('c0'), open_wire('s1'));
my ($front, $back) = map { (link_of($_))[1] } qw(d0 d1);
my %went;
$| = 1;

sub listing {
    my ($began) = time;
    my @listings = map { scalar qx($_) }
        'ipvsadm -Lnc', 'ipvsadm -Ln --nosort', 'ipvsadm -Ln --thresholds', 'ipvsadm -Ln --persistent-conn', 'ipvsadm -Lnc';
    printf "listing %.3f %.3f\n%s", $began * 1000, time() * 1000, join "----\n", @listings;
    print "====\n";
}

while (defined(my $line = <STDIN>)) {
    chomp $line;
    my ($order, @words) = split ' ', $line;
    if ($order eq 'rules') {
        open my $restore, '|-', 'ipvsadm -R' or die "ipvsadm: $!\n";
        print {$restore} scalar <STDIN> for 1 .. $words[0];
        close $restore or die "ipvsadm -R: code $?\n";
    }
    elsif ($order eq 'run')     { shell("@words") }
    elsif ($order eq 'sysctl')  { put("/proc/sys/net/ipv4/vs/$words[0]", $words[1]) }
    elsif ($order eq 'sleep')   { sleep $words[0] }
    elsif ($order eq 'listing') { listing() }
    elsif ($order eq 'in') {
        my ($client, $port, $vip, $vport, $flags) = @words;
        send $clients, frame($front, $client, $port, $vip, $vport, $flags), 0 or die "send: $!\n";
        my ($sent) = drain($servers);
        my ($back_again) = drain($clients);
        ($sent, $back_again) = handled($clients, $servers, $front) if !$sent && !$back_again;
        my ($result, $nat) = $sent ? server_of($sent, $vport) : ($back_again ? 'refused' : 'dropped', 0);
        if ($flags =~ /S/) { $went{"@words[0 .. 3]"} = $nat ? $result : '' }
        printf "%.3f %s\n", time() * 1000, $result;
    }
    elsif ($order eq 'out') {
        my ($client, $port, $vip, $vport, $flags) = @words;
        my ($server, $server_port) = split /:/, $went{"@words[0 .. 3]"} // '';
        if (!$server) { print "0 none\n"; next }
        send $servers, frame($back, $server, $server_port, $client, $port, $flags), 0 or die "send: $!\n";
        my ($passed) = drain($clients);
        drain($servers);
        printf "%.3f %s\n", time() * 1000, $passed ? 'passed' : 'dropped';
    }
    else { die "What is '$line'?\n" }
}
