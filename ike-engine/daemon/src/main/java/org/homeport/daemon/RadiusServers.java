package org.homeport.daemon;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.homeport.aaa.radius.RadiusClient;
import org.homeport.aaa.radius.RadiusServerSettings;
import org.homeport.aaa.radius.RadiusServerSettings.Probing;
import org.homeport.crypto.JdkCredentials;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.daemon.config.ServerSettings;
import org.homeport.daemon.config.ServerSettings.Transport;
import org.homeport.kit.Endpoint;
import org.homeport.kit.RandomSource;

/** RADIUS servers of the configuration with what their files hold. */
final class RadiusServers {
    private RadiusServers() {}

    /**
     * A client of them all.
     *
     * @param patience what one Access-Request may take over all servers of its pool
     * @throws StartFailedException naming the server, the file and what is wrong with it
     */
    static RadiusClient open(List<ServerSettings> settings, Duration patience, RandomSource random)
            throws StartFailedException {
        List<RadiusServerSettings> servers = new ArrayList<>();
        for (ServerSettings server : settings) {
            servers.add(load(server));
        }
        try {
            return RadiusClient.open(servers, patience, random);
        } catch (SSLException e) {
            throw new StartFailedException(String.valueOf(e.getMessage()));
        }
    }

    private static RadiusServerSettings load(ServerSettings server) throws StartFailedException {
        try {
            return new RadiusServerSettings(
                    server.name(),
                    new Endpoint(server.address(), server.port()),
                    new Endpoint(server.address(), server.accountingPort()),
                    transport(server.transport()),
                    server.source(),
                    server.retransmits(),
                    server.deadTime(),
                    switch (server.statusServer()) {
                        case YES -> Probing.STATUS_SERVER;
                        case NO -> Probing.NONE;
                    });
        } catch (KeyMaterialException e) {
            throw new StartFailedException("RADIUS server " + server.name() + ": " + e.getMessage());
        }
    }

    private static RadiusServerSettings.Transport transport(Transport transport)
            throws StartFailedException, KeyMaterialException {
        return switch (transport) {
            case Transport.Udp(var secret) ->
                new RadiusServerSettings.Transport.Udp(SharedKeyFile.read("shared secret", secret));
            case Transport.Tls(var name, var certificate, var key, var anchors) -> {
                JdkCredentials own = JdkCredentials.load(certificate, key);
                List<X509Certificate> trusted = new ArrayList<>();
                for (var anchor : anchors) {
                    trusted.addAll(JdkCredentials.certificates(anchor));
                }
                yield new RadiusServerSettings.Transport.Tls(name, own.chain(), own.key(), trusted);
            }
        };
    }
}
