package org.homeport.core.session;

import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.crypto.IkeKeySet;
import org.homeport.core.crypto.IkeSuite;
import org.homeport.core.crypto.MessageCipher;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.protection.FragmentAssembler;
import org.homeport.core.protection.MessageProtection;
import org.homeport.core.registry.ExchangeType;
import org.homeport.kit.RandomSource;

/**
 * One IKE SA: its SPIs, keys, windows. The mutable part of a session together with the current state; a session has two
 * while it is rekeyed.
 */
public final class IkeSa {
    private final Role role;
    private final long localSpi;
    private long remoteSpi;
    private Optional<Protected> protection = Optional.empty();
    private OptionalInt fragmentAbove = OptionalInt.empty();
    private final MessageWindow window = new MessageWindow();
    private FragmentAssembler requestFragments = new FragmentAssembler();
    private FragmentAssembler responseFragments = new FragmentAssembler();

    /** What there is once keys are there. */
    private record Protected(IkeSuite suite, IkeKeySet keys, MessageProtection messages) {}

    public IkeSa(Role role, long localSpi, long remoteSpi) {
        this.role = role;
        this.localSpi = localSpi;
        this.remoteSpi = remoteSpi;
    }

    public Role role() {
        return role;
    }

    public long localSpi() {
        return localSpi;
    }

    public long remoteSpi() {
        return remoteSpi;
    }

    public long initiatorSpi() {
        return role == Role.INITIATOR ? localSpi : remoteSpi;
    }

    public long responderSpi() {
        return role == Role.INITIATOR ? remoteSpi : localSpi;
    }

    /** The responder's SPI is known (initiator, on the IKE_SA_INIT response). */
    public void peerIs(long spi) {
        remoteSpi = spi;
    }

    /** From here on every message is protected. */
    public void protect(Crypto crypto, RandomSource random, IkeSuite suite, IkeKeySet keys) {
        MessageCipher byInitiator =
                crypto.cipher(suite.encryption(), suite.keyBits(), suite.integrity(), keys.skEi(), keys.skAi());
        MessageCipher byResponder =
                crypto.cipher(suite.encryption(), suite.keyBits(), suite.integrity(), keys.skEr(), keys.skAr());
        MessageProtection messages = role == Role.INITIATOR
                ? new MessageProtection(byInitiator, byResponder, random)
                : new MessageProtection(byResponder, byInitiator, random);
        protection = Optional.of(new Protected(suite, keys, messages));
    }

    /** @param octets the largest IKE message to send in one piece; the peer said it can put fragments together */
    public void fragmentAbove(int octets) {
        fragmentAbove = OptionalInt.of(octets);
    }

    public OptionalInt fragmentAbove() {
        return fragmentAbove;
    }

    public boolean isProtected() {
        return protection.isPresent();
    }

    public IkeSuite suite() {
        return protection.orElseThrow().suite();
    }

    public IkeKeySet keys() {
        return protection.orElseThrow().keys();
    }

    MessageProtection messages() {
        return protection.orElseThrow().messages();
    }

    MessageWindow window() {
        return window;
    }

    FragmentAssembler requestFragments() {
        return requestFragments;
    }

    FragmentAssembler responseFragments() {
        return responseFragments;
    }

    void requestComplete() {
        requestFragments = new FragmentAssembler();
    }

    void responseComplete() {
        responseFragments = new FragmentAssembler();
    }

    /** Whether a request of ours awaits its response. */
    public boolean isAwaitingResponse() {
        return window.outstanding().isPresent();
    }

    IkeHeader header(ExchangeType exchange, int responseFlag, long messageId) {
        int flags = responseFlag | (role == Role.INITIATOR ? IkeHeader.INITIATOR : 0);
        return IkeHeader.of(initiatorSpi(), responderSpi(), exchange, flags, messageId);
    }
}
