package org.homeport.lease;

/**
 * Where leases are kept: beyond the end of the process, however it ends. All calls block, from any thread.
 *
 * <p>On opening for writing, everything that this engine's earlier run still held is marked left over: it stays its
 * owner's, and is released only by {@link LeaseTable#releaseLeftOver}.
 */
public interface LeaseStore extends AutoCloseable {
    /** A consistent look, alongside writers. */
    <T> T read(Reading<T> reading) throws StoreUnavailableException;

    /**
     * One transaction, isolated as if it ran alone, on stable storage when this returns, or without any trace when it
     * throws. What the work does besides must not matter if it is done over.
     */
    <T> T write(Writing<T> writing) throws StoreUnavailableException;

    @Override
    void close();

    @FunctionalInterface
    interface Reading<T> {
        T apply(LeaseView view) throws StoreUnavailableException;
    }

    @FunctionalInterface
    interface Writing<T> {
        T apply(LeaseTable table) throws StoreUnavailableException;
    }
}
