package org.homeport.eap.tls;

/** What a server wants of its clients. */
public sealed interface ClientCertificate {
    /** It does not ask for one. */
    record NotAsked() implements ClientCertificate {}

    /** It asks, and takes no for an answer; one that is sent has to be good. */
    record Welcome(TrustAnchors anchors) implements ClientCertificate {}

    /** Without a good one nobody gets in. */
    record Required(TrustAnchors anchors) implements ClientCertificate {}
}
