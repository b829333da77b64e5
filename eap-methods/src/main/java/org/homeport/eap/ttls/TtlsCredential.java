package org.homeport.eap.ttls;

import org.homeport.eap.EapPeer;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.kit.Secret;

/** By what the peer proves itself inside the tunnel. */
public sealed interface TtlsCredential {
    /** The server gets the password itself. */
    record Pap(String userName, Secret password) implements TtlsCredential {}

    /** MS-CHAP-V2 in attributes; the server has to prove that it knows the password. */
    record MschapV2(String userName, NtHash password) implements TtlsCredential {}

    /** EAP in EAP: MSCHAPv2, GTC, MD5 or whatever it has. @param peer fresh */
    record Eap(EapPeer peer) implements TtlsCredential {}
}
