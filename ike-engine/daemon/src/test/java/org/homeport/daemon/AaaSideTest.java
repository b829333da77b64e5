package org.homeport.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.homeport.daemon.config.Configuration;
import org.homeport.kit.IpAddress;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AaaSideTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void whoListensEverywhereMayBeNamedByAnyAddressItHas(String listen) throws Exception {
        Installation installation = Installation.in(directory.resolve("hp"));
        Files.writeString(directory.resolve("hp/orders.secret"), "between the two of us\n");
        installation.replace("\"127.0.0.1\"", "\"" + listen + "\"");
        installation.append("dynamic-authorization:\n  listen: 127.0.0.1\n"
                + "  clients: {home: {address: 127.0.0.1, secret-file: orders.secret}}\n");
        Configuration configuration = installation.configuration();
        assertThat(AaaSide.orders(configuration.dynamicAuthorization().orElseThrow(), configuration)
                        .nas()
                        .addresses())
                .contains(IpAddress.parse("127.0.0.1"))
                .noneMatch(IpAddress::isUnspecified);
    }
}
