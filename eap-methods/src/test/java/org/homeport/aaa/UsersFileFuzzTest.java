package org.homeport.aaa;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;

class UsersFileFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void everyMistakeHasItsLine(byte[] data) {
        try {
            new UsersFileParser("users", Set.of("MSCHAPV2", "MD5")).parse(new String(data, StandardCharsets.UTF_8));
        } catch (UsersFileException e) {
            assertThat(e).hasMessageMatching("(?s)users, line [0-9]+: .+");
        }
    }
}
