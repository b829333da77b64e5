package org.homeport.aaa.authorize;

/** What a rule says of those it matches. */
public enum Verdict {
    ALLOW,
    REFUSE
}
