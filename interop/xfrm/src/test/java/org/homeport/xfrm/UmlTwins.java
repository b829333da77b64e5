package org.homeport.xfrm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.homeport.core.child.EspKeys;
import org.homeport.core.child.EspSuite;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaPlan;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** Makes plans for both ends of a child, with keys and names of their own. */
final class UmlTwins {
    /** The two ends' views of one child. */
    record Twins(SaPlan onLeft, SaPlan onRight) {
        Twins selecting(TrafficSelector leftSide, TrafficSelector rightSide) {
            return new Twins(selecting(onLeft, leftSide, rightSide), selecting(onRight, rightSide, leftSide));
        }

        private static SaPlan selecting(SaPlan plan, TrafficSelector local, TrafficSelector remote) {
            return new SaPlan(
                    plan.name(),
                    plan.reqid(),
                    plan.mode(),
                    plan.suite(),
                    plan.inbound(),
                    plan.outbound(),
                    plan.local(),
                    plan.remote(),
                    List.of(local),
                    List.of(remote),
                    plan.encapsulation(),
                    plan.hardLifetime());
        }
    }

    record Suite(EspSuite suite, int keyOctets, int macOctets) {}

    static final Suite GCM_128 = aead(EncryptionId.AES_GCM_16, 128, 20, EsnId.NO_ESN);
    static final Suite GCM_256_ESN = aead(EncryptionId.AES_GCM_16, 256, 36, EsnId.ESN);
    static final Suite CHACHA = aead(EncryptionId.CHACHA20_POLY1305, 0, 36, EsnId.NO_ESN);
    static final Suite CBC_SHA256 = cbc(128, IntegrityId.HMAC_SHA2_256_128, 32, EsnId.NO_ESN);
    static final Suite CBC_SHA384 = cbc(256, IntegrityId.HMAC_SHA2_384_192, 48, EsnId.NO_ESN);
    static final Suite CBC_SHA512_ESN = cbc(256, IntegrityId.HMAC_SHA2_512_256, 64, EsnId.ESN);

    private static Suite aead(EncryptionId cipher, int bits, int keyOctets, EsnId esn) {
        return new Suite(new EspSuite(cipher, bits, Optional.empty(), esn), keyOctets, 0);
    }

    private static Suite cbc(int bits, IntegrityId mac, int macOctets, EsnId esn) {
        return new Suite(new EspSuite(EncryptionId.AES_CBC, bits, Optional.of(mac), esn), bits / 8, macOctets);
    }

    private final RandomSource random = RandomSource.of(new Random(4877));
    private final UmlSide left;
    private final UmlSide right;
    private int nextSpi = 0xc000_0001;
    private int nextReqid = ReqidRange.DEFAULT.first();

    UmlTwins(UmlSide left, UmlSide right) {
        this.left = left;
        this.right = right;
    }

    Twins twins(
            Suite suite, SaMode mode, boolean outer6, boolean inner6, Optional<SaPlan.UdpEncapsulation> encapsulation) {
        EspKeys toRight = keys(suite);
        EspKeys toLeft = keys(suite);
        int reqid = nextReqid++;
        IpAddress leftInner = mode == SaMode.TUNNEL ? left.inner(inner6) : left.outer(outer6);
        IpAddress rightInner = mode == SaMode.TUNNEL ? right.inner(inner6) : right.outer(outer6);
        List<TrafficSelector> leftSide = List.of(TrafficSelector.of(IpPrefix.host(leftInner)));
        List<TrafficSelector> rightSide = List.of(TrafficSelector.of(IpPrefix.host(rightInner)));
        return new Twins(
                new SaPlan(
                        "home",
                        reqid,
                        mode,
                        suite.suite(),
                        toLeft,
                        toRight,
                        left.outer(outer6),
                        right.outer(outer6),
                        leftSide,
                        rightSide,
                        encapsulation,
                        Duration.ofMinutes(5)),
                new SaPlan(
                        "home",
                        reqid,
                        mode,
                        suite.suite(),
                        toRight,
                        toLeft,
                        right.outer(outer6),
                        left.outer(outer6),
                        rightSide,
                        leftSide,
                        encapsulation,
                        Duration.ofMinutes(5)));
    }

    Twins renewed(Twins old) {
        EspKeys toRight = keys(GCM_128);
        EspKeys toLeft = keys(GCM_128);
        return new Twins(renewed(old.onLeft(), toLeft, toRight), renewed(old.onRight(), toRight, toLeft));
    }

    static SaPlan renewed(SaPlan plan, EspKeys in, EspKeys out) {
        return new SaPlan(
                plan.name(),
                plan.reqid(),
                plan.mode(),
                plan.suite(),
                in,
                out,
                plan.local(),
                plan.remote(),
                plan.localSelectors(),
                plan.remoteSelectors(),
                plan.encapsulation(),
                plan.hardLifetime());
    }

    static SaPlan withOutbound(SaPlan plan, EspKeys out) {
        return renewed(plan, plan.inbound(), out);
    }

    private EspKeys keys(Suite suite) {
        return new EspKeys(
                nextSpi++,
                Secret.copyOf(random.octets(suite.keyOctets())),
                Secret.copyOf(random.octets(suite.macOctets())));
    }
}
