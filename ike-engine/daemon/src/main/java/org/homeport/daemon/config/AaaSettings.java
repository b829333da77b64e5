package org.homeport.daemon.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The AAA in this process.
 *
 * @param users its file of names and passwords
 * @param methods enabled, in order of preference
 * @param localRealms that may be left out of a user's name
 */
public record AaaSettings(Path users, List<EapMethod> methods, List<String> localRealms) {
    public AaaSettings {
        methods = List.copyOf(methods);
        localRealms = List.copyOf(localRealms);
    }

    public enum EapMethod {
        MSCHAPV2,
        /** Makes no MSK and proves nothing of us. */
        MD5
    }
}
