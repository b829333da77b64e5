package org.homeport.core.crypto;

/** Whether signatures over SHA-1 are believed: only behind the operator's legacy switch. */
public enum Sha1Policy {
    REFUSE,
    ACCEPT
}
