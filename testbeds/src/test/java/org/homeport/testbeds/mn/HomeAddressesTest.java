package org.homeport.testbeds.mn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.homeport.core.session.SessionSummary.HomeAddress;
import org.homeport.kit.IpAddress;
import org.junit.jupiter.api.Test;

class HomeAddressesTest {
    private static final List<HomeAddress> HOMES = List.of(
            new HomeAddress(IpAddress.parse("2001:db8:100::10"), 64),
            new HomeAddress(IpAddress.parse("10.9.0.10"), 24));

    private final List<String> commands = new ArrayList<>();

    @Test
    void whatWasPutThereIsTakenAway() throws Exception {
        HomeAddresses addresses = new HomeAddresses("lo", command -> commands.add(String.join(" ", command)));
        addresses.assign(HOMES);
        addresses.close();
        addresses.close();
        assertThat(commands)
                .containsExactly(
                        "ip address replace 2001:db8:100::10/128 dev lo nodad",
                        "ip address replace 10.9.0.10/32 dev lo",
                        "ip address del 10.9.0.10/32 dev lo",
                        "ip address del 2001:db8:100::10/128 dev lo");
    }

    @Test
    void nothingFollowsOnceItIsClosed() throws Exception {
        HomeAddresses addresses = new HomeAddresses("lo", command -> commands.add(String.join(" ", command)));
        addresses.close();
        addresses.assign(HOMES);
        assertThat(commands).isEmpty();
    }

    @Test
    void afterAFailureWhatIsThereStillGoes() throws Exception {
        HomeAddresses addresses = new HomeAddresses("lo", command -> {
            if (command.contains("10.9.0.10/32")) {
                throw new IOException("no room");
            }
            commands.add(command.get(2));
        });
        assertThatThrownBy(() -> addresses.assign(HOMES)).hasMessage("no room");
        addresses.close();
        assertThat(commands).containsExactly("replace", "del");
    }
}
