package org.homeport.vici;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An IKE SA as list-sas and the ike-updown event show it.
 *
 * @param connection its configuration's name
 * @param uniqueId charon's number for it
 * @param state as ESTABLISHED
 * @param remoteEapId the identity authenticated by EAP
 * @param remoteVirtualAddresses home addresses that the peer was given
 */
public record IkeSaView(
        String connection,
        long uniqueId,
        String state,
        String localHost,
        String localId,
        String remoteHost,
        String remoteId,
        Optional<String> remoteEapId,
        long initiatorSpi,
        long responderSpi,
        long establishedSeconds,
        List<String> remoteVirtualAddresses,
        List<Child> children) {
    public IkeSaView {
        remoteVirtualAddresses = List.copyOf(remoteVirtualAddresses);
        children = List.copyOf(children);
    }

    /**
     * A CHILD_SA.
     *
     * @param name its configuration's
     * @param uniqueId charon's number for it
     */
    public record Child(
            String name,
            long uniqueId,
            long reqid,
            String state,
            String mode,
            long spiIn,
            long spiOut,
            long bytesIn,
            long bytesOut,
            List<String> localSelectors,
            List<String> remoteSelectors) {
        public Child {
            localSelectors = List.copyOf(localSelectors);
            remoteSelectors = List.copyOf(remoteSelectors);
        }
    }

    /**
     * Reads one section of a list-sa or ike-updown message.
     *
     * @throws ViciException if a number is none
     */
    public static IkeSaView of(ViciMessage.Section section) throws ViciException {
        ViciMessage sa = section.content();
        List<Child> children = new ArrayList<>();
        for (ViciMessage.Section child :
                sa.section("child-sas").orElse(ViciMessage.EMPTY).sections()) {
            children.add(child(child));
        }
        return new IkeSaView(
                section.name(),
                Numbers.of(sa, "uniqueid"),
                text(sa, "state"),
                text(sa, "local-host"),
                text(sa, "local-id"),
                text(sa, "remote-host"),
                text(sa, "remote-id"),
                sa.text("remote-eap-id"),
                Numbers.hex(sa, "initiator-spi"),
                Numbers.hex(sa, "responder-spi"),
                Numbers.of(sa, "established"),
                sa.list("remote-vips"),
                children);
    }

    private static Child child(ViciMessage.Section section) throws ViciException {
        ViciMessage child = section.content();
        return new Child(
                child.text("name").orElse(section.name()),
                Numbers.of(child, "uniqueid"),
                Numbers.of(child, "reqid"),
                text(child, "state"),
                text(child, "mode"),
                Numbers.hex(child, "spi-in"),
                Numbers.hex(child, "spi-out"),
                Numbers.of(child, "bytes-in"),
                Numbers.of(child, "bytes-out"),
                child.list("local-ts"),
                child.list("remote-ts"));
    }

    private static String text(ViciMessage message, String name) {
        return message.text(name).orElse("");
    }
}
