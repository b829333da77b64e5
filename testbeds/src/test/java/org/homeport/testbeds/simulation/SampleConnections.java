package org.homeport.testbeds.simulation;

import java.time.Duration;
import java.util.List;
import org.homeport.core.auth.EapTurn.IdentityQuestion;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.ProposalParser;
import org.homeport.core.child.SaMode;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.policy.Connection;
import org.homeport.core.policy.IdentityPattern;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.policy.Timing;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** A mobile node, a home agent, and what they may do with each other. */
final class SampleConnections {
    static final Endpoint NODE = new Endpoint(IpAddress.parse("2001:db8:1::10"), 500);
    static final Endpoint AGENT = new Endpoint(IpAddress.parse("2001:db8:2::1"), 500);
    static final String NODE_NAME = "mn1@example.org";
    static final String AGENT_NAME = "ha.example.org";
    static final Secret NODE_KEY = Secret.utf8("psk of the node");
    static final Secret AGENT_KEY = Secret.utf8("psk of the agent");
    static final Secret MSK =
            Secret.copyOf(Octets.utf8("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
    static final String IKE = "aes128gcm16-prfsha256-x25519";
    static final String ESP = "aes128gcm16";

    static final Timing TIMING = new Timing(
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(16)),
            Duration.ofSeconds(40),
            Duration.ofSeconds(30),
            Duration.ofHours(4),
            Duration.ofHours(1),
            Duration.ofSeconds(20));

    static final TrafficSelector EVERYTHING = TrafficSelector.of(IpPrefix.parse("::/0"));

    private SampleConnections() {}

    static RemoteAuth eap(RemoteAuth.WithoutMsk withoutMsk) {
        return eap(withoutMsk, RemoteAuth.EapOnly.NEVER);
    }

    static RemoteAuth eap(RemoteAuth.WithoutMsk withoutMsk, RemoteAuth.EapOnly only) {
        return new RemoteAuth.ByEap(IdentityQuestion.SKIP, withoutMsk, only);
    }

    static Connection agent(RemoteAuth remote) {
        return agent(new LocalAuth.BySharedKey(AGENT_KEY), remote, IKE, ESP);
    }

    /** Under another name of the agent's. */
    static Connection agent(RemoteAuth remote, String name) {
        return agent(name, new LocalAuth.BySharedKey(AGENT_KEY), remote, IKE, ESP);
    }

    static Connection agent(LocalAuth local, RemoteAuth remote, String ike, String esp) {
        return agent(AGENT_NAME, local, remote, ike, esp);
    }

    private static Connection agent(String name, LocalAuth local, RemoteAuth remote, String ike, String esp) {
        return new Connection(
                "nodes",
                PeerIdentity.parse(name),
                new IdentityPattern("*@example.org"),
                local,
                remote,
                List.of(ProposalParser.ike(ike)),
                List.of(tunnelAtAgent(esp), transport(esp)),
                List.of("home6", "home4"),
                TIMING);
    }

    static Connection node(LocalAuth local) {
        return node(local, new RemoteAuth.BySharedKey(AGENT_KEY), IKE, ESP);
    }

    static Connection node(LocalAuth local, RemoteAuth remote, String ike, String esp) {
        return new Connection(
                "home",
                PeerIdentity.parse(NODE_NAME),
                new IdentityPattern(AGENT_NAME),
                local,
                remote,
                List.of(ProposalParser.ike(ike)),
                List.of(tunnelAtNode(esp), transport(esp)),
                List.of(),
                TIMING);
    }

    /** The node's traffic, home address to anywhere. */
    private static ChildPolicy tunnelAtAgent(String esp) {
        return new ChildPolicy(
                "net", SaMode.TUNNEL, List.of(ProposalParser.esp(esp)), List.of(EVERYTHING), List.of(), 0, 0);
    }

    private static ChildPolicy tunnelAtNode(String esp) {
        return new ChildPolicy(
                "net", SaMode.TUNNEL, List.of(ProposalParser.esp(esp)), List.of(), List.of(EVERYTHING), 0, 0);
    }

    /** Mobility signalling, home address to home agent. */
    private static ChildPolicy transport(String esp) {
        return new ChildPolicy(
                "signalling", SaMode.TRANSPORT, List.of(ProposalParser.esp(esp)), List.of(), List.of(), 135, 0);
    }
}
