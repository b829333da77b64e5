package org.homeport.aaa.authorize;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.homeport.aaa.AaaGrant;

/**
 * Of whom it is decided: what is known for certain, and nothing that the peer merely claims.
 *
 * @param identity as the AAA authenticated it
 * @param method by which it was proved, as "MSCHAPV2"
 * @param groups from the users file, or from Class and Filter-Id
 * @param mip6Features MIP6-Feature-Vector, if the AAA sent one
 * @param connection the kind of peer that it is taken for
 */
public record ServiceSubject(
        String identity, String method, List<String> groups, OptionalLong mip6Features, Optional<String> connection) {
    public ServiceSubject {
        groups = List.copyOf(groups);
    }

    public static ServiceSubject of(AaaGrant grant, String method, Optional<String> connection) {
        return new ServiceSubject(
                grant.identity(), method, grant.groups(), grant.profile().mip6Features(), connection);
    }
}
