package org.homeport.xfrm;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.IpAddress;
import org.homeport.xfrm.PolicyKey.Direction;
import org.homeport.xfrm.netlink.KernelRefusedException;
import org.homeport.xfrm.netlink.Libc;
import org.homeport.xfrm.netlink.StructWriter;

/**
 * What IKE's UDP sockets need of the kernel and Java has no word for.
 *
 * <p>A channel does not give its descriptor away, and reflection would take {@code --add-opens} of the JDK's insides. So
 * it is found from outside: among this process's descriptors ({@code /proc/self/fd}), the UDP sockets that
 * {@code getsockname} says are bound to the channel's address and port. Where several are (SO_REUSEPORT), all are IKE's
 * and all get the option.
 *
 * <p>An IPv4 address wants a channel of {@code StandardProtocolFamily.INET}: of a dual-stack socket the kernel takes a
 * policy for IPv6 only.
 */
public final class UdpSocketOptions {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int SO_PROTOCOL = 38;
    private static final int SO_DOMAIN = 39;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_UDP = 17;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IP_XFRM_POLICY = 17;
    private static final int IPV6_XFRM_POLICY = 35;
    private static final int UDP_ENCAP = 100;
    private static final int UDP_ENCAP_ESPINUDP = 2;

    private UdpSocketOptions() {}

    /**
     * IKE passes whatever policies are in force (RFC 4301 section 4.4.1: IKE traffic must be bypassed).
     *
     * @param bound the local address of a channel of this process
     * @throws XfrmUnavailableException with a sentence for the operator
     */
    public static void bypass(InetSocketAddress bound) throws XfrmUnavailableException {
        for (int fd : descriptors(bound)) {
            try {
                bypass(fd, bound);
            } catch (KernelRefusedException e) {
                throw new XfrmUnavailableException(
                        KernelSentences.general("let IKE on " + bound + " pass all policies", e));
            }
        }
    }

    private static void bypass(int fd, InetSocketAddress bound)
            throws KernelRefusedException, XfrmUnavailableException {
        boolean v6 = KernelRefusedException.check(Libc.socketOption(fd, Libc.SOL_SOCKET, SO_DOMAIN)) == Libc.AF_INET6;
        if (v6 != bound.getAddress() instanceof Inet6Address) {
            throw new XfrmUnavailableException("The socket of " + bound
                    + " is a dual-stack one, which cannot bypass IPv4 policies: open it as an IPv4 socket");
        }
        for (Direction direction : List.of(Direction.IN, Direction.OUT)) {
            XfrmSelector all = XfrmSelector.everything(IpAddress.of(bound.getAddress()));
            try (StructWriter policy = XfrmEncoder.bypass(new PolicyKey(direction, all))) {
                KernelRefusedException.check(Libc.setSocketOption(
                        fd,
                        v6 ? IPPROTO_IPV6 : IPPROTO_IP,
                        v6 ? IPV6_XFRM_POLICY : IP_XFRM_POLICY,
                        policy.toOctets().toByteArray()));
            }
        }
    }

    /**
     * From now on the kernel takes ESP in UDP (RFC 3948) out of this socket's datagrams; what begins with the non-ESP
     * marker still arrives. Without it such ESP never reaches its SA.
     *
     * @param bound the local address of a channel of this process, on port 4500
     * @throws XfrmUnavailableException with a sentence for the operator
     */
    public static void decapsulateEsp(InetSocketAddress bound) throws XfrmUnavailableException {
        for (int fd : descriptors(bound)) {
            try (StructWriter value = new StructWriter()) {
                KernelRefusedException.check(Libc.setSocketOption(
                        fd,
                        IPPROTO_UDP,
                        UDP_ENCAP,
                        value.u32(UDP_ENCAP_ESPINUDP).toOctets().toByteArray()));
            } catch (KernelRefusedException e) {
                throw new XfrmUnavailableException(KernelSentences.general("take ESP in UDP from " + bound, e));
            }
        }
    }

    /** At least one. */
    static List<Integer> descriptors(InetSocketAddress bound) throws XfrmUnavailableException {
        List<Integer> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path entry : all) {
                int fd = Integer.parseInt(entry.getFileName().toString());
                if (isUdp(fd) && name(fd).equals(Optional.of(bound))) {
                    found.add(fd);
                }
            }
        } catch (IOException e) {
            throw new XfrmUnavailableException("Cannot list this process's descriptors: " + e);
        }
        if (found.isEmpty()) {
            throw new XfrmUnavailableException("No UDP socket of this process is bound to " + bound);
        }
        return found;
    }

    private static boolean isUdp(int fd) {
        return Libc.socketOption(fd, Libc.SOL_SOCKET, SO_PROTOCOL) == IPPROTO_UDP;
    }

    /** From a sockaddr_in or sockaddr_in6. */
    private static Optional<InetSocketAddress> name(int fd) throws UnknownHostException {
        byte[] name = new byte[28];
        int length = Libc.socketName(fd, name);
        int port = ((name[2] & 0xff) << 8) | (name[3] & 0xff);
        return switch (length) {
            case 16 ->
                Optional.of(new InetSocketAddress(InetAddress.getByAddress(Arrays.copyOfRange(name, 4, 8)), port));
            case 28 ->
                Optional.of(new InetSocketAddress(InetAddress.getByAddress(Arrays.copyOfRange(name, 8, 24)), port));
            default -> Optional.empty();
        };
    }
}
