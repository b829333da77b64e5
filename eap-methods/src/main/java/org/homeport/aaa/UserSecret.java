package org.homeport.aaa;

import org.homeport.eap.mschapv2.NtHash;
import org.homeport.kit.Secret;

/** What a user is known by. */
public sealed interface UserSecret {
    /** The password itself, in UTF-8. */
    record Password(Secret text) implements UserSecret {}

    /** As good as the password for MSCHAPv2, and for nothing else. */
    record HashedForMschap(NtHash hash) implements UserSecret {}

    /** None here: a certificate that bears the user's name proves it. */
    record Certificate() implements UserSecret {}
}
