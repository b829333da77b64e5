package org.homeport.daemon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.aaa.authorize.MobilityService;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.kit.Endpoint;
import org.homeport.lease.PoolDefinition;

/**
 * Everything the operator decides. Paths are absolute. Names of pools and connections are unique, and every pool that a
 * connection names exists.
 *
 * @param file where it was read from
 * @param identity ours: IDr
 * @param credentials needed by every connection but those with a pre-shared key
 * @param trustAnchors PEM or DER, for peers that authenticate by certificate
 * @param keyLog where IKE keys are written for Wireshark
 * @param aaa needed by connections with EAP
 * @param accounting where what sessions cost is told
 * @param dynamicAuthorization who may end and change sessions
 * @param authorization who may have mobility service
 * @param pools in the order of the file
 * @param leaseRest how long a released home address stays its former owner's
 * @param leaseHistory how long it is kept who had which home address
 * @param connections in the order of the file; the first whose pattern matches a peer is its own
 * @param control socket on which {@code homeport status} asks
 * @param metrics where Prometheus reads
 */
public record Configuration(
        Path file,
        List<ListenSettings> listen,
        PeerIdentity identity,
        Optional<Credentials> credentials,
        List<Path> trustAnchors,
        Algorithms algorithms,
        SaBackend saBackend,
        Optional<Path> keyLog,
        Optional<AaaSettings> aaa,
        Optional<AccountingSettings> accounting,
        Optional<DynamicAuthorizationSettings> dynamicAuthorization,
        MobilityService authorization,
        List<PoolDefinition> pools,
        Path leaseStore,
        Duration leaseRest,
        Duration leaseHistory,
        List<ConnectionSettings> connections,
        LimitSettings limits,
        LogSettings log,
        Path control,
        Optional<Endpoint> metrics) {
    public Configuration {
        listen = List.copyOf(listen);
        trustAnchors = List.copyOf(trustAnchors);
        pools = List.copyOf(pools);
        connections = List.copyOf(connections);
    }

    /**
     * Our certificate, PEM with its chain or DER, and its private key.
     *
     * @param rsaPadding of our signatures, if the key is an RSA key
     */
    public record Credentials(Path certificate, Path privateKey, RsaPadding rsaPadding) {}

    /** As peers with RFC 7427 get it; others get PKCS #1 v1.5, there is nothing else for them. */
    public enum RsaPadding {
        PSS,
        PKCS1
    }

    public enum Algorithms {
        CURRENT,
        /** HMAC-SHA1, MODP-1024 and SHA-1 signatures too. */
        WITH_LEGACY
    }

    public enum SaBackend {
        /** Linux, by XFRM. */
        KERNEL,
        /** No ESP at all: for tests, and for running without root. */
        NONE
    }

    public Configuration withKeyLog(Path to) {
        return new Configuration(
                file,
                listen,
                identity,
                credentials,
                trustAnchors,
                algorithms,
                saBackend,
                Optional.of(to),
                aaa,
                accounting,
                dynamicAuthorization,
                authorization,
                pools,
                leaseStore,
                leaseRest,
                leaseHistory,
                connections,
                limits,
                log,
                control,
                metrics);
    }
}
