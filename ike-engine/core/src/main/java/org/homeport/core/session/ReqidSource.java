package org.homeport.core.session;

/** Numbers that bind policies to SAs, unique over all sessions of an engine. */
@FunctionalInterface
public interface ReqidSource {
    int next();
}
