package org.homeport.aaa.radius;

import org.homeport.kit.Octets;

/** A way to a server: a UDP socket of its own port, or a TLS connection. All calls are on the client's thread. */
interface Link {
    /** Sends a packet, as soon as the link stands. */
    void send(Octets packet);

    /** Nothing is told of it any more. */
    void close();

    /** Hears what comes. */
    interface Receiver {
        /** One packet, of the server's address and port: anything. */
        void received(Octets packet);

        /** Something is wrong that may pass, or that anybody may have made up: an ICMP message, a route that is missing. */
        void troubled(String what);

        /** It could not be made. The last that is told. */
        void refused(String why);

        /** It stood, and is there no more. The last that is told. */
        void broken(String why);
    }

    /** Makes links. */
    interface Dialer {
        /** Returns at once; what goes wrong is told to the receiver, later. */
        Link dial(RadiusServerSettings server, RadiusRequest.Kind kind, Receiver receiver);
    }
}
