package org.homeport.aaa;

import org.homeport.eap.aka.Sqn;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.eap.psk.PskKeys;
import org.homeport.kit.Secret;

/** What a user is known by. */
public sealed interface UserSecret {
    /** The password itself, in UTF-8. */
    record Password(Secret text) implements UserSecret {}

    /** As good as the password where that, or its proof by MSCHAPv2, is compared with it; not for MD5. */
    record HashedForMschap(NtHash hash) implements UserSecret {}

    /** None here: a certificate that bears the user's name proves it. */
    record Certificate() implements UserSecret {}

    /** @param used a sequence number that may have been used already */
    record Sim(org.homeport.eap.aka.Sim card, Sqn used) implements UserSecret {}

    /** For EAP-PSK; not the key itself, which nobody needs any more (RFC 4764 section 3.1). */
    record Psk(PskKeys keys) implements UserSecret {}
}
