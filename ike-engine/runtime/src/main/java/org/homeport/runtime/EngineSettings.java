package org.homeport.runtime;

/**
 * How large an engine is.
 *
 * @param shards threads that run sessions, 1..256
 * @param mostTraffic datagrams for existing sessions that wait at one shard before more are dropped
 * @param mostNewcomers IKE_SA_INIT requests that wait at one shard before more are dropped
 * @param unknownSpiAnswersPerSecond of the whole engine (RFC 7296 section 2.21.4: their rate is limited)
 */
public record EngineSettings(int shards, int mostTraffic, int mostNewcomers, int unknownSpiAnswersPerSecond) {
    public EngineSettings {
        if (shards < 1 || shards > SpiAllocator.MOST_SHARDS) {
            throw new IllegalArgumentException("1..%d shards, not %d".formatted(SpiAllocator.MOST_SHARDS, shards));
        }
        if (mostTraffic < 1 || mostNewcomers < 1 || unknownSpiAnswersPerSecond < 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** One shard per core. */
    public static EngineSettings defaults() {
        return defaults(Math.min(Runtime.getRuntime().availableProcessors(), SpiAllocator.MOST_SHARDS));
    }

    public static EngineSettings defaults(int shards) {
        return new EngineSettings(shards, 8192, 1024, 10);
    }
}
