package org.homeport.core.child;

public enum SaMode {
    TUNNEL,
    TRANSPORT
}
