package org.homeport.runtime;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.homeport.runtime.EngineCounters.Count;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what comes in at one socket apart: IKE, ESP and keepalives (RFC 3948 section 2). */
final class UdpReceiver extends SimpleChannelInboundHandler<DatagramPacket> {
    static final int MARKER_LENGTH = 4;

    private static final Logger LOG = LoggerFactory.getLogger(UdpReceiver.class);
    private static final int KEEPALIVE = 0xff;

    private final Endpoint local;
    private final Framing framing;
    private final Ingress ingress;
    private final EngineCounters counters;

    UdpReceiver(Endpoint local, Framing framing, Ingress ingress, EngineCounters counters) {
        this.local = local;
        this.framing = framing;
        this.ingress = ingress;
        this.counters = counters;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        counters.add(Count.DATAGRAMS_IN);
        ByteBuf datagram = packet.content();
        switch (framing) {
            case PLAIN -> accept(packet, datagram);
            case NON_ESP_MARKER -> acceptMarked(packet, datagram);
        }
    }

    /** An error of one datagram, as ICMP reports them, is no reason to stop listening. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            counters.add(Count.RECEIVE_FAILED);
            LOG.debug("receiving on UDP {} failed", local, cause);
        } else {
            counters.add(Count.BUGS);
            LOG.error("receiving on UDP {} threw", local, cause);
        }
    }

    private void acceptMarked(DatagramPacket packet, ByteBuf datagram) {
        if (datagram.readableBytes() == 1 && datagram.getUnsignedByte(datagram.readerIndex()) == KEEPALIVE) {
            counters.add(Count.KEEPALIVES_IN);
        } else if (datagram.readableBytes() < MARKER_LENGTH) {
            counters.dropped("too-short");
        } else if (datagram.readInt() == 0) {
            accept(packet, datagram);
        } else {
            counters.add(Count.STRAY_ESP);
        }
    }

    private void accept(DatagramPacket packet, ByteBuf datagram) {
        byte[] message = new byte[datagram.readableBytes()];
        datagram.readBytes(message);
        Endpoint remote = Endpoint.of(packet.sender());
        ingress.received(new Path(local, remote, framing), Octets.wrap(message));
    }
}
