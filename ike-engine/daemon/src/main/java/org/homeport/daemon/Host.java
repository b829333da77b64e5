package org.homeport.daemon;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;
import org.homeport.xfrm.XfrmCheck;
import org.homeport.xfrm.XfrmSettings;

/** The machine we run on. */
public final class Host {
    private Host() {}

    /** Every address it has: none of them is ever given to a node. */
    public static List<IpAddress> addresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(IpAddress::of)
                .distinct()
                .toList();
    }

    /** Where others reach it: one address per family if it has any, else where only itself does. */
    public static List<IpAddress> mainAddresses() throws SocketException {
        List<InetAddress> all = NetworkInterface.networkInterfaces()
                .filter(Host::isUp)
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
                .toList();
        Predicate<InetAddress> loopback = InetAddress::isLoopbackAddress;
        List<IpAddress> outside = onePerFamily(all.stream().filter(loopback.negate()));
        return outside.isEmpty() ? onePerFamily(all.stream().filter(loopback)) : outside;
    }

    /** Whether this user may install SAs and the kernel has ESP. */
    public static boolean canUseKernelEsp(RandomSource random) {
        return XfrmCheck.usable(XfrmCheck.check(XfrmSettings.DEFAULT, random));
    }

    private static List<IpAddress> onePerFamily(Stream<InetAddress> addresses) {
        List<IpAddress> all = addresses.map(IpAddress::of).toList();
        return Stream.concat(
                        all.stream().filter(IpAddress::isV6).limit(1),
                        all.stream().filter(a -> !a.isV6()).limit(1))
                .toList();
    }

    private static boolean isUp(NetworkInterface link) {
        try {
            return link.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
