package org.homeport.xfrm.netlink;

/** The kernel said no: an errno, and the sentence of its extended acknowledgement where it gave one. */
public final class KernelRefusedException extends Exception {
    private final int errno;
    private final String extendedAck;

    public KernelRefusedException(int errno, String extendedAck) {
        super(Errno.name(errno) + (extendedAck.isEmpty() ? "" : ": " + extendedAck), null, false, false);
        this.errno = errno;
        this.extendedAck = extendedAck;
    }

    public int errno() {
        return errno;
    }

    /** Empty where the kernel gave none. */
    public String extendedAck() {
        return extendedAck;
    }

    /** The exception for a negative result of {@link Libc}; the result itself otherwise. */
    public static int check(int result) throws KernelRefusedException {
        if (result < 0) {
            throw new KernelRefusedException(-result, "");
        }
        return result;
    }
}
