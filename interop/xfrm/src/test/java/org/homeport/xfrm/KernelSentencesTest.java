package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import org.homeport.core.child.SaPlan;
import org.homeport.xfrm.netlink.Errno;
import org.homeport.xfrm.netlink.KernelRefusedException;
import org.junit.jupiter.api.Test;

class KernelSentencesTest {
    @Test
    void missingEspNamesTheModule() throws Exception {
        assertThat(newSa(Errno.EPROTONOSUPPORT, "Requested type not found"))
                .isEqualTo("The kernel has no ESP for IPv6 (EPROTONOSUPPORT): load esp6 or enable CONFIG_INET6_ESP");
    }

    @Test
    void missingAlgorithmNamesIt() throws Exception {
        assertThat(newSa(Errno.ENOSYS, "Requested AEAD algorithm not found"))
                .contains("rfc4106(gcm(aes))")
                .contains("ENOSYS: Requested AEAD algorithm not found");
    }

    @Test
    void takenSpiIsNamed() throws Exception {
        assertThat(newSa(Errno.EEXIST, ""))
                .isEqualTo("There is already an ESP SA 000003e8 at 2001:db8:2::1 (EEXIST):"
                        + " another IKE daemon's, or left behind");
    }

    @Test
    void missingPrivilegeNamesTheCapability() throws Exception {
        assertThat(newSa(Errno.EPERM, "")).endsWith("(EPERM): needs CAP_NET_ADMIN");
    }

    @Test
    void malformedRequestCarriesTheKernelsWords() throws Exception {
        assertThat(newSa(Errno.EINVAL, "SA selector: prefix length")).contains("EINVAL: SA selector: prefix length");
        assertThat(newSa(Errno.EINVAL, "")).contains("EINVAL, it does not say what");
    }

    @Test
    void policyInTheWayIsNamed() throws Exception {
        PolicySpec policy = child().policies().getFirst();
        assertThat(KernelSentences.policy(policy, new KernelRefusedException(Errno.EEXIST, "")))
                .isEqualTo("There is already a policy in 2001:db8:100::1000/128 -> ::/0 (EEXIST):"
                        + " another IKE daemon's, or set by hand");
    }

    @Test
    void kernelWithoutXfrmNamesTheModule() {
        assertThat(KernelSentences.general(
                        "open an XFRM socket", new KernelRefusedException(Errno.EPROTONOSUPPORT, "")))
                .isEqualTo("The kernel cannot open an XFRM socket (EPROTONOSUPPORT): load xfrm_user or enable"
                        + " CONFIG_XFRM_USER");
    }

    @Test
    void noKeyIsEverInASentence() throws Exception {
        SaPlan plan = Plans.tunnel(Plans.REQID, 1000, 2000);
        String key = plan.inbound().encryption().expose().hex();
        for (int errno = 1; errno < 134; errno++) {
            assertThat(newSa(errno, "")).doesNotContain(key).isNotBlank();
        }
    }

    private static String newSa(int errno, String extendedAck) throws Exception {
        return KernelSentences.newSa(child().inbound(), new KernelRefusedException(errno, extendedAck));
    }

    private static ChildInKernel child() throws Exception {
        return ChildInKernel.of(Plans.tunnel(Plans.REQID, 1000, 2000), XfrmSettings.DEFAULT);
    }
}
